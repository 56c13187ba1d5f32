import type { Pause } from '../../domain/pause.js';

export interface PauseRow extends Pause {
  readonly since: number;
  readonly reason: string;
}
