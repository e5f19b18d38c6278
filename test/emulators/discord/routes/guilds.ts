import type { Routes } from '../routing.ts';
export const guildRoutes: Routes = {};
