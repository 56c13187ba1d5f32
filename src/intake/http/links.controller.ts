import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clicks } from '../links/clicks.js';
import { Unsubscribing } from '../links/unsubscribing.js';
import { isPerson } from '../links/who-clicks.js';
import { pageHeaders, pages } from './link-pages.js';

/** What customers open: no key is asked for, and whatever the server is called there. A code is all that they have. */
@ApiExcludeController()
@Controller()
export class LinksController {
  constructor(
    @Inject(Clicks) private readonly clicks: Clicks,
    @Inject(Unsubscribing) private readonly unsubscribing: Unsubscribing,
  ) {}

  @Get('l/:code')
  async follow(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await orAgain(reply, async () => {
      const found = /^[0-9A-Za-z]{10}$/.test(code) ? await this.clicks.follow(code, isPerson(request)) : undefined;
      if (found?.lost !== undefined) reply.log.error({ err: found.lost }, 'a click could not be kept');
      if (found === undefined) answer(reply, 404, pages.noLink);
      else sendOn(reply, found.target);
    });
  }

  /** Nothing happens here: programs that look into mails open every address. */
  @Get('u/:token')
  async ask(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await orAgain(reply, async () => {
      const known = await this.unsubscribing.find(token);
      answer(reply, known === undefined ? 404 : 200, known === undefined ? pages.noUnsubscribe : pages.ask);
    });
  }

  /** By the button of that page, or by a mail program's own (RFC 8058): whatever the body says. */
  @Post('u/:token')
  async withdraw(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await orAgain(reply, async () => {
      const done = await this.unsubscribing.withdraw(token);
      if (done === 'unknown') answer(reply, 404, pages.noUnsubscribe);
      else if (done === 'failed') answer(reply, 500, pages.again);
      else answer(reply, 200, pages.done);
    });
  }
}

/** A person reads no JSON. */
async function orAgain(reply: FastifyReply, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    reply.log.error({ err: error }, 'a link could not be followed');
    reply.header('retry-after', '5');
    answer(reply, 503, pages.again);
  }
}

function answer(reply: FastifyReply, status: number, page: string): void {
  void reply.status(status).headers(pageHeaders).send(page);
}

/** Never kept on the way, so that each click comes here. */
function sendOn(reply: FastifyReply, target: string): void {
  void reply
    .status(302)
    .headers({ ...pageHeaders, 'content-type': 'text/plain; charset=utf-8', location: target })
    .send('…\n');
}
