import type { Routes } from '../routing.ts';
import { channelJson } from '../wire.ts';
import { visible } from './messages.ts';

export const channelRoutes: Routes = {
  'GET /channels/{channel_id}': (ask) => channelJson(ask.core.world, visible(ask)),
};
