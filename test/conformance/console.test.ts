import { consolePlatform } from './console.ts';
import { conformance } from './run.ts';

conformance(consolePlatform);
