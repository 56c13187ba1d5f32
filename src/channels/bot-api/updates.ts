import { isJsonObject, type JsonObject } from '../../domain/json.js';
import type { Heard } from '../inbound.js';

/**
 * What one update of a Bot API tells: somebody wrote, or pressed a button. Undefined for what is no update; nothing for edits, for
 * what is said in groups and by other bots, and for messages without words.
 */
export function hearUpdate(body: unknown): readonly Heard[] | undefined {
  const update = objectOf(body);
  const id = update === undefined ? undefined : idOf(update['update_id']);
  if (update === undefined || id === undefined) return undefined;
  const pressed = objectOf(update['callback_query']);
  if (pressed !== undefined) return buttonPressed(pressed);
  const message = objectOf(update['message']);
  if (message === undefined) return [];
  return [...contact(id, message), ...reply(id, message, message['from'], message['text'] ?? message['caption'])];
}

/** A phone that is the writer's own: anybody's can be shared. */
function contact(id: string, message: JsonObject): readonly Heard[] {
  const from = privateChatOf(message, message['from']);
  const shared = objectOf(message['contact']);
  const writer = idOf(objectOf(message['from'])?.['id']);
  const phone = shared?.['phone_number'];
  if (from === undefined || typeof phone !== 'string' || writer === undefined) return [];
  return idOf(shared?.['user_id']) === writer ? [{ kind: 'contact', id, from, phone }] : [];
}

/** The id of a press, where an update is one. */
export function pressIn(body: unknown): string | undefined {
  return idOf(objectOf(objectOf(body)?.['callback_query'])?.['id']);
}

/** Under the press's own id: numbers of updates are another count. */
function buttonPressed(pressed: JsonObject): readonly Heard[] {
  const id = idOf(pressed['id']);
  const message = objectOf(pressed['message']);
  return id === undefined || message === undefined
    ? []
    : reply(`callback/${id}`, message, pressed['from'], pressed['data']);
}

function reply(id: string, message: JsonObject, writer: unknown, text: unknown): readonly Heard[] {
  const from = privateChatOf(message, writer);
  if (from === undefined) return [];
  return typeof text === 'string' && text !== '' ? [{ kind: 'reply', id, from, text }] : [];
}

/** Undefined where it is a group's, or another bot writes. */
function privateChatOf(message: JsonObject, writer: unknown): string | undefined {
  const chat = objectOf(message['chat']);
  const isPrivate = chat !== undefined && (chat['type'] ?? 'private') === 'private';
  return isPrivate && objectOf(writer)?.['is_bot'] !== true ? idOf(chat['id']) : undefined;
}

/** Ids are numbers; Bale has some as strings. */
function idOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^-?[\w:.-]{1,64}$/.test(value) ? value : undefined;
}

function objectOf(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}
