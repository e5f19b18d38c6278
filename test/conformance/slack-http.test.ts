import { conformance } from './run.ts';
import { slackPlatform } from './slack.ts';

conformance(slackPlatform('http'));
