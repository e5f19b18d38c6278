import { discordPlatform } from './discord.ts';
import { conformance } from './run.ts';

conformance(discordPlatform);
