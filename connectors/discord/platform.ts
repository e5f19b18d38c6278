/** The name of the platform, in addresses and in the configuration. */
export const platform = 'discord';
