import type { JsonObject } from '../domain/json.js';

/** Something that happens at the sample shop: who, what, and how many messages come of it. */
export interface Scene {
  readonly at: string;
  readonly told: string;
  readonly customer: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly messages: number;
}

export const sampleCustomers: readonly { readonly id: string; readonly attributes: JsonObject }[] = [
  { id: 'sara', attributes: { name: 'سارا', phone: '09121234567', branch: 'ونک' } },
  { id: 'reza', attributes: { name: 'رضا', phone: '۰۹۱۲ ۷۶۵ ۴۳۲۱', branch: 'تجریش' } },
  { id: 'mina', attributes: { name: 'مینا', email: 'mina@example.com', branch: 'ونک' } },
];

/** A day at the counter. Repair numbers carry the day, so that a day can be played again. */
export function sampleDay(day: string): readonly Scene[] {
  const [sara, reza, mina] = [`S-${day}`, `R-${day}`, `M-${day}`];
  return [
    scene(
      '09:05',
      "Sara's phone is handed in",
      'sara',
      'repair.received',
      { repair_id: sara, device: 'iPhone 13', fault: 'صفحه‌ی شکسته' },
      1,
    ),
    scene(
      '09:40',
      'it goes to the workshop',
      'sara',
      'repair.sent_to_workshop',
      { repair_id: sara, workshop: 'مرکزی' },
      1,
    ),
    scene(
      '10:15',
      "Reza's tablet is handed in",
      'reza',
      'repair.received',
      { repair_id: reza, device: 'Galaxy Tab S9' },
      1,
    ),
    scene(
      '11:30',
      'Mina, who left only an e-mail address, brings a watch',
      'mina',
      'repair.received',
      { repair_id: mina, device: 'Galaxy Watch 6' },
      1,
    ),
    scene(
      '12:20',
      "the workshop knows what Sara's will cost",
      'sara',
      'repair.estimated',
      { repair_id: sara, cost: 48_000_000 },
      1,
    ),
    scene('13:00', "Reza's was mended at the counter", 'reza', 'repair.ready', { repair_id: reza }, 1),
    scene(
      '15:45',
      'Mina changes her mind: nothing more is sent to her',
      'mina',
      'repair.cancelled',
      { repair_id: mina, reason: 'به درخواست مشتری' },
      0,
    ),
    scene('17:10', "Sara's is ready", 'sara', 'repair.ready', { repair_id: sara, cost: 48_000_000 }, 1),
    scene('18:30', 'Sara has her phone back: the goal is reached', 'sara', 'repair.delivered', { repair_id: sara }, 0),
  ];
}

function scene(at: string, told: string, customer: string, type: string, data: JsonObject, messages: number): Scene {
  return { at, told, customer, type, data, messages };
}
