import { expect, test } from 'vitest';
import { linkLabel } from '../../src/ticket/link-label.ts';

test.each([
  ['https://thief.example/x', 'https://bank.example/login', 'https://bank.example/login (https://thief.example/x)'],
  ['https://thief.example/', 'bank.example', 'bank.example (https://thief.example/)'],
  ['https://bank.example.thief.example/', 'bank.example', 'bank.example (https://bank.example.thief.example/)'],
  ['https://bank.example/a', 'www.bank.example', 'www.bank.example'],
  ['https://www.bank.example/a', 'https://BANK.example', 'https://BANK.example'],
  ['https://bücher.example/', 'bücher.example', 'bücher.example'],
  ['https://bank.example/a', 'the bank', 'the bank'],
  ['https://bank.example/a', 'see notes.txt there', 'see notes.txt there'],
  ['mailto:a@b.example', 'write', 'write'],
])('a link to %s that reads %s is shown as %s', (url, label, shown) => {
  expect(linkLabel(url, label)).toBe(shown);
});
