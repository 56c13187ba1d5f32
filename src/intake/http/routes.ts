import type { FastifyInstance } from 'fastify';
import { apiError, type ApiError } from './api-error.js';

interface Route {
  readonly path: string;
  readonly shape: RegExp;
  readonly methods: Set<string>;
}

/** What the server answers to, so that a wrong path or method is told what there is. */
export class RouteTable {
  readonly #routes = new Map<string, Route>();

  /** Has to be called before the routes are made. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      if (url.includes('*') || url.startsWith('/docs/')) return;
      for (const name of [method].flat()) if (name !== 'HEAD' && name !== 'OPTIONS') this.#add(url, name);
    });
  }

  /** 405 where the path is right, else 404. */
  notFound(method: string, url: string): ApiError {
    const [path = '/'] = url.split('?', 1);
    const found = [...this.#routes.values()].find(({ shape }) => shape.test(path));
    if (found === undefined) {
      return apiError(404, 'path', `there is no ${method} ${path}; there is: ${this.#list()}`);
    }
    if (found.methods.has(method)) return apiError(404, 'path', `there is no ${path}; leave the slash at its end out`);
    const allow = [...found.methods].join(', ');
    return apiError(405, 'method', `${found.path} does not take ${method}; use ${allow}`, { allow });
  }

  #add(path: string, method: string): void {
    const route = this.#routes.get(path) ?? { path, shape: shapeOf(path), methods: new Set<string>() };
    route.methods.add(method);
    this.#routes.set(path, route);
  }

  #list(): string {
    return [...this.#routes.values()].map(({ path, methods }) => `${[...methods].join('|')} ${path}`).join(', ');
  }
}

function shapeOf(path: string): RegExp {
  const pattern = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^$()|[\]{}\\]/g, '\\$&')));
  return new RegExp(`^${pattern.join('/')}/?$`);
}
