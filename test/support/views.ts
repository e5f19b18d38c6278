import fc from 'fast-check';
import type {
  Button,
  CardView,
  FormInput,
  FormView,
  HistoryView,
  LineView,
  ListView,
  NoticeView,
  View,
} from '../../connectors/connector.ts';
import { anyInline, anyText, anyWords } from './texts.ts';

const anyInlines = fc.array(anyInline, { maxLength: 8 });
const anyCount = fc.nat();
const anyUrl = fc.option(fc.webUrl());

const anyButton: fc.Arbitrary<Button> = fc.record({
  label: anyWords,
  command: fc.oneof({ weight: 4, arbitrary: fc.nat().map((ticket) => `take ${ticket}`) }, anyWords),
  style: fc.constantFrom('plain', 'primary', 'danger'),
  opensForm: fc.boolean(),
  right: fc.constant(null),
});
const anyButtons = fc.oneof(fc.array(anyButton, { maxLength: 8 }), many(anyButton, 120));

const anyMarks = {
  ticket: anyCount,
  subject: anyWords,
  queue: anyWords,
  status: anyWords,
  kind: fc.constantFrom('initial', 'active', 'inactive'),
  priority: anyCount,
} as const;

const anyFact = fc.record({ label: anyWords, value: anyInlines });

const anyAttachment = fc.record({ id: anyWords, name: anyWords, type: anyWords, size: anyCount });

/** Any card. */
export const anyCard: fc.Arbitrary<CardView> = fc.record({
  ...anyMarks,
  view: fc.constant('card'),
  facts: fc.oneof(fc.array(anyFact, { maxLength: 5 }), many(anyFact, 100)),
  excerpt: anyText,
  attachments: fc.array(anyAttachment, { maxLength: 30 }),
  buttons: anyButtons,
  more: anyButtons,
  url: anyUrl,
});

/** Any line. */
export const anyLine: fc.Arbitrary<LineView> = fc.record({
  view: fc.constant('line'),
  ticket: anyCount,
  head: anyInlines,
  body: anyText,
  attachments: fc.array(anyAttachment, { maxLength: 30 }),
  staffOnly: fc.boolean(),
  at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  buttons: anyButtons,
});

const anyRow = fc.record({ ...anyMarks, facts: anyInlines });

/** Any list. */
export const anyList: fc.Arbitrary<ListView> = fc.record({
  view: fc.constant('list'),
  title: anyWords,
  rows: fc.oneof(fc.array(anyRow, { maxLength: 10 }), many(anyRow, 300)),
  total: anyCount,
  empty: anyInlines,
  buttons: anyButtons,
});

const anyHistory: fc.Arbitrary<HistoryView> = fc.record({
  view: fc.constant('history'),
  ticket: anyCount,
  subject: anyWords,
  lines: fc.oneof(fc.array(anyLine, { maxLength: 10 }), many(anyLine, 300)),
  buttons: anyButtons,
});

const anyInput: fc.Arbitrary<FormInput> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 60 }),
  label: anyWords,
  type: fc.constantFrom('line', 'text', 'number', 'choice', 'person', 'when'),
  value: anyWords,
  required: fc.boolean(),
  hint: anyWords,
  choices: fc.oneof(
    fc.array(fc.record({ value: anyWords, label: anyWords }), { maxLength: 5 }),
    many(fc.record({ value: fc.uuid(), label: anyWords }), 150),
  ),
  error: anyInlines,
});

/** Any form. Its inputs have names of their own. */
export const anyForm: fc.Arbitrary<FormView> = fc.record({
  view: fc.constant('form'),
  title: anyWords,
  command: fc.string({ minLength: 1, maxLength: 200 }),
  submit: anyWords,
  inputs: fc.oneof(fc.array(anyInput, { maxLength: 6 }), many(anyInput, 150)).map((inputs) => {
    return inputs.map((input, index) => ({ ...input, name: `${input.name}${index}` }));
  }),
});

const anyNotice: fc.Arbitrary<NoticeView> = fc.record({
  view: fc.constant('notice'),
  tone: fc.constantFrom('info', 'done', 'refused'),
  text: anyText,
  buttons: anyButtons,
});

/** Any view. */
export const anyView: fc.Arbitrary<View> = fc.oneof(anyCard, anyLine, anyList, anyHistory, anyForm, anyNotice);

/** One thing so many times over: as much as any, and quick to make. */
function many<T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> {
  return fc
    .tuple(one, fc.integer({ min: 1, max: most }))
    .map(([thing, times]) => Array.from({ length: times }, () => thing));
}
