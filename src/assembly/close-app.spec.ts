import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { Controller, Get, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { closeApp } from './close-app.js';

let answer: () => void = () => undefined;
let asked: () => void = () => undefined;

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<string> {
    const answered = new Promise<void>((resolve) => (answer = resolve));
    asked();
    await answered;
    return 'done';
  }

  @Post('body')
  body(@Req() request: { readonly method: string }): string {
    return request.method;
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

async function listening(): Promise<{ app: NestFastifyApplication; port: number }> {
  const app = await NestFactory.create<NestFastifyApplication>(SlowModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  const address = app.getHttpServer().address();
  return { app, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

async function took(work: Promise<void>): Promise<number> {
  const from = performance.now();
  await work;
  return performance.now() - from;
}

describe('the end of an application', () => {
  it('waits for a request under way, and not for the connection that is kept alive after it', async () => {
    const { app, port } = await listening();
    const agent = new Agent({ keepAlive: true });
    const underWay = new Promise<void>((resolve) => (asked = resolve));
    const call = request({ port, host: '127.0.0.1', path: '/slow', agent }).end();
    await underWay;
    const closing = took(closeApp(app));
    setImmediate(answer);
    const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream];
    response.resume();
    // Node keeps such a connection for five seconds.
    expect(await closing).toBeLessThan(4_500);
    agent.destroy();
  });

  it('cuts a request that does not come to its end', async () => {
    const { app, port } = await listening();
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    const heard = once(app.getHttpServer(), 'request');
    socket.write(
      'POST /body HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    );
    await heard;
    const gone = once(socket, 'close');
    expect(await took(closeApp(app))).toBeLessThan(20_000);
    await gone;
  });
});
