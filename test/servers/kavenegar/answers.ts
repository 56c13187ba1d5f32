import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.js';
import type { Reply } from './methods.js';

const texts: ReadonlyMap<number, string> = new Map([
  [200, 'تایید شد'],
  [400, 'پارامترها ناقص هستند'],
  [403, 'کد شناسائی معتبر نمی‌باشد'],
  [404, 'متد نامشخص است'],
  [411, 'دریافت کننده نامعتبر است'],
  [412, 'ارسال کننده نامعتبر است'],
  [413, 'پیام خالی است و یا طول پیام بیش از حد مجاز می‌باشد'],
  [414, 'حجم درخواست بیشتر از حد مجاز است'],
  [418, 'اعتبار حساب شما کافی نیست'],
  [419, 'طول آرایه ها برابر نیست'],
  [429, 'آی‌پی محدود شده است'],
  [451, 'فراخوانی بیش از حد در بازه زمانی مشخص'],
]);

const page = '<html><head><title>Bad gateway</title></head><body><h1>nginx</h1></body></html>';

/** The usual answer: the envelope, with the HTTP status that its status has. */
export function answer(response: ServerResponse, reply: Reply, http = reply.status, retryAfter?: string): void {
  const body = bodyOf(reply);
  response.writeHead(http, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  });
  response.end(body);
}

/** The answer that this fault leaves of `reply`, which says what was accepted. */
export function answerBadly(response: ServerResponse, fault: Fault, reply: () => Reply): void {
  const made = 'accept' in fault && fault.accept === false ? refusedQuietly : reply;
  switch (fault.kind) {
    case 'silence':
      made();
      return;
    case 'reset':
      reset(response, bodyOf(made()), fault.when);
      return;
    case 'status':
      answer(response, { status: fault.status, entries: null }, fault.http, fault.retryAfter);
      return;
    case 'html':
      made();
      response.writeHead(fault.http, { 'content-type': 'text/html' }).end(page);
      return;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json' }).end(halfOf(bodyOf(made())));
      return;
    case 'empty':
      made();
      response.writeHead(200, { 'content-length': 0 }).end();
      return;
    case 'twice':
      answerTwice(response, made());
      return;
    case 'slow': {
      const taken = fault.accept === 'at_once' ? made() : undefined;
      setTimeout(() => {
        answer(response, taken ?? made());
      }, fault.ms);
    }
  }
}

function answerTwice(response: ServerResponse, reply: Reply): void {
  const { socket } = response;
  const body = bodyOf(reply);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}`;
  response.once('finish', () => socket?.write(`${head}\r\n\r\n${body}`));
  answer(response, reply);
}

/** In mid-answer: the head promises the whole body, half of it comes, then the reset. */
function reset(response: ServerResponse, body: string, when: 'before_answer' | 'mid_answer' = 'before_answer'): void {
  if (when === 'before_answer') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.write(halfOf(body), () => response.socket?.resetAndDestroy());
}

function bodyOf(reply: Reply): string {
  const message = texts.get(reply.status) ?? 'خطا';
  return JSON.stringify({ return: { status: reply.status, message }, entries: reply.entries });
}

function halfOf(body: string): string {
  return body.slice(0, Math.floor(body.length / 2));
}

function refusedQuietly(): Reply {
  return { status: 200, entries: [] };
}
