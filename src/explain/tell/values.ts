import type { Kind } from '../../domain/expression/kind.js';
import type { Json } from '../../domain/json.js';
import { toPersianDigits } from '../../domain/time/digits.js';
import type { Clock, Instant } from '../../domain/time/instant.js';
import type { Language } from '../../language/language.js';
import { tellInstant } from '../../simulate/tell-line.js';
import { phrase, type Phrase } from './phrases.js';

/** Whom one speaks to: in which language, by whose clock. */
export class Speech {
  constructor(
    readonly language: Language,
    readonly clock: Clock,
  ) {}

  say(name: Phrase, slots: Readonly<Record<string, string>> = {}): string {
    return phrase(this.language, name, slots);
  }

  instant(at: Instant): string {
    return tellInstant(at, this.clock);
  }

  /** An instant as JSON has it; what is none stays as it is. */
  moment(text: Json | undefined): string {
    const at = typeof text === 'string' && isInstant(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? this.text(text) : this.instant(at);
  }

  number(number: number): string {
    const text = number.toLocaleString('en-US', { maximumFractionDigits: 6 });
    return this.language === 'fa' ? toPersianDigits(text).replaceAll(',', '٬').replaceAll('.', '٫') : text;
  }

  /** A share as people say it: 0.4131 is 41.31%. */
  share(share: number): string {
    return `${this.number(Math.round(share * 10_000) / 100)}%`;
  }

  rials(amount: number): string {
    return this.say('rials', { n: this.number(amount) });
  }

  /** A word as it is, without quotes. */
  text(value: Json | undefined): string {
    if (value === undefined || value === null) return this.say('unknown');
    if (typeof value === 'number') return this.number(value);
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  /** What an expression saw. */
  value(value: Json | undefined, kind: Kind | undefined): string {
    if (typeof value === 'number' && kind?.kind === 'money') return this.rials(value);
    if (typeof value === 'boolean') return this.say(value ? 'true' : 'false');
    if (typeof value === 'string') return isInstant(value) ? this.moment(value) : JSON.stringify(value);
    return this.text(value);
  }

  list(items: readonly string[]): string {
    return items.join(this.say('and'));
  }
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(text);
}
