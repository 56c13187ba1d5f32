import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/config.js';
import { createMask } from './mask.js';

export type { Logger } from 'pino';

/** One JSON line an entry, on standard output. Addresses and secrets are masked in the finished line, whatever put them there. */
export function createLog(
  settings: { readonly level: LogLevel; readonly secrets: readonly string[] },
  out: DestinationStream = process.stdout,
): Logger {
  const mask = createMask(settings.secrets);
  const masked: DestinationStream = {
    write: (line) => {
      out.write(mask(line));
    },
  };
  return pino(
    { level: settings.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: levelName } },
    masked,
  );
}

function levelName(level: string): { readonly level: string } {
  return { level };
}

/** Nest's log, in the same lines as Fastify's. Nest gives the context (a class's name) last. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  /** What it has put together is of use to nobody but who looks for a mistake in it. */
  log(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  #write(level: Exclude<LogLevel, 'silent'>, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const detail = rest.slice(0, -1).filter((part) => part !== undefined);
    const entry = { ...(typeof context === 'string' ? { context } : {}), ...(detail.length > 0 ? { detail } : {}) };
    if (message instanceof Error) this.logger[level]({ ...entry, err: message });
    else if (typeof message === 'string') this.logger[level](entry, message);
    else this.logger[level]({ ...entry, message });
  }
}
