import { randomBytes } from 'node:crypto';

/** 128 bits in the letters that a deep link may have: nobody comes by a guess. */
const BYTES = 16;
const LENGTH = 22;

export function newStartCode(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** The code with which somebody has come by a link to the bot: what the messenger writes for them when they press Start. */
export function startCodeIn(text: string): string | undefined {
  const code = /^\/start ([\w-]+)$/.exec(text.trim())?.[1];
  return code?.length === LENGTH ? code : undefined;
}
