/** A channel cannot be built from its settings; the message names the setting and the remedy, and holds no secret. */
export class ChannelSettingsError extends Error {
  constructor(
    readonly setting: string,
    problem: string,
  ) {
    super(`${setting} ${problem}`);
    this.name = 'ChannelSettingsError';
  }
}
