/** What Slack is called in addresses and in the configuration. */
export const platform = 'slack';
