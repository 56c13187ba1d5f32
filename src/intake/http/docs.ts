import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

/**
 * `/docs`: a page for browsers, the OpenAPI document for everything else; the document is also `/docs/openapi.json`.
 * Made at the first request. The page comes whole from this process.
 */
export function serveDocs(fastify: FastifyInstance, app: INestApplication): void {
  let document: OpenAPIObject | undefined;
  const openApi = (): OpenAPIObject => (document ??= describe(app));
  fastify.get('/docs', async (request, reply) => {
    if (!(request.headers.accept ?? '').includes('text/html')) return openApi();
    return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page);
  });
  fastify.get('/docs/openapi.json', () => openApi());
  fastify.get('/docs/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start));
  for (const [file, type] of assets) {
    fastify.get(`/docs/${file}`, async (_request, reply) => reply.type(type).send(await readFile(pathOf(file))));
  }
}

function describe(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Peyk')
    .setDescription('Events in, journeys in YAML, the right message out, once.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'One of PEYK_API_KEYS, where these are set' })
    .addSecurityRequirements('bearer')
    .build();
  return SwaggerModule.createDocument(app, settings);
}

const assets = [
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
] as const;

/** The files that @nestjs/swagger brings. */
function pathOf(file: string): string {
  const ours = createRequire(import.meta.url);
  return createRequire(ours.resolve('@nestjs/swagger')).resolve(`swagger-ui-dist/${file}`);
}

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Peyk: the API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = "SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#api' });\n";
