/** As addresses and the configuration name it. */
export const platform = 'matrix';
