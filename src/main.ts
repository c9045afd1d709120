import 'reflect-metadata';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { dashboardFiles } from './delivery/dashboard/dashboard-files.js';
import { chatBodyReader } from './delivery/chat/chat-body-reader.js';
import { guardRequests } from './delivery/access/guard-requests.js';
import { ErrorFilter } from './delivery/http/error-filter.js';
import type { Site } from './delivery/http/expect-same-site.js';
import { CORS_OPTIONS } from './delivery/http/cors-options.js';
import { securityHeaders } from './delivery/http/security-headers.js';
import { closeWaitingResponses } from './delivery/http/close-waiting-responses.js';
import { limitConnections } from './delivery/http/limit-connections.js';
import { EventStreams } from './delivery/live/event-streams.js';
import { LiveServer } from './delivery/live/live-server.js';
import type { Topics } from './delivery/live/topics.js';
import { accessLine } from './delivery/logging/access-line.js';
import { followRequests, type OverRequest } from './delivery/logging/follow-requests.js';
import { nestLog } from './delivery/logging/nest-log.js';
import { expectGuarded } from './delivery/loopback.js';
import { serveOpenApi } from './delivery/openapi.module.js';
import { type Services, TOPICS } from './delivery/services.js';
import { MotionJpeg } from './delivery/streams/motion-jpeg.js';
import { RESUMABLE_FOLDER, resumableUploads, UPLOADS_PATH } from './delivery/videos/resumable-uploads.js';
import { EnvironmentError, messageOf } from './shared/errors.js';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly services: Services;
}

export interface RunningServer {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Stops listening, tells the live clients, finishes what is being answered, cuts what takes too long. */
  close(): Promise<void>;
}

const CHAT_PATH = '/v1/chat/completions';
/** A connection whose answer has gone out is not kept for another request at the end. */
const IDLE_MS = 100;

/**
 * Starts to listen; the model may still be loading.
 * @throws EnvironmentError `host_not_loopback`, or `port_unavailable`
 */
export async function startServer({ host, port, services }: ServerOptions): Promise<RunningServer> {
  const { access } = services;
  expectGuarded(host, !access.keys.isOpen);
  const site: Site = { host, isOpen: () => access.keys.isOpen, origins: services.corsOrigins };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and reads them as a plain object
  const app = await NestFactory.create(AppModule.with(services), {
    logger: false,
    abortOnError: false,
  });
  try {
    prepare(app, site, services);
    await app.listen(port, host);
    app.useLogger(nestLog(services.log)); // not before: what fails until here is thrown, and told once
  } catch (error) {
    await app.close();
    throw new EnvironmentError(
      'port_unavailable',
      `the server cannot listen on ${host} port ${port} (${messageOf(error)}): choose another PALISTREAM_PORT`,
      { cause: error },
    );
  }
  const server = app.getHttpServer() as Server;
  limitConnections(server, services.maxConnections);
  closeWaitingResponses(server);
  const live = new LiveServer(site, access.gate, {
    hub: services.hub,
    events: services.store.events,
    topics: app.get<Topics>(TOPICS),
    limits: services.liveLimits,
    census: services.watch.live,
    log: services.log,
  });
  live.attach(server);
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    close: async () => {
      const graceMs = services.shutdownSeconds * 1000;
      services.watch.ending();
      services.videos.worker.drain();
      const closed = app.close(); // listens no more
      app.get(EventStreams).close();
      app.get(MotionJpeg).close();
      const cut = setTimeout(() => {
        server.closeAllConnections();
      }, graceMs);
      const idle = setInterval(() => {
        server.closeIdleConnections();
      }, IDLE_MS);
      await live.drain(graceMs);
      await live.close();
      await closed;
      clearTimeout(cut);
      clearInterval(idle);
    },
  };
}

function prepare(app: INestApplication, site: Site, services: Services): void {
  const uploads = resumableUploads({
    library: services.videos,
    folder: join(services.uploadsFolder, RESUMABLE_FOLDER),
    maxBytes: services.maxUploadBytes,
    log: services.log,
    onBug: services.onBug,
  });
  const onOver = (request: OverRequest): void => {
    if (!request.isStream) services.watch.requests.add(request);
    const { level, message, fields } = accessLine(request);
    services.log[level](fields, message);
  };
  app.use(followRequests(onOver, [UPLOADS_PATH]));
  app.use(securityHeaders(site.origins.length > 0));
  if (site.origins.length > 0) app.enableCors({ ...CORS_OPTIONS, origin: [...site.origins] });
  app.use(guardRequests(services.access.gate, site));
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const path = request.url ?? '';
    if (path !== UPLOADS_PATH && !path.startsWith(`${UPLOADS_PATH}/`)) {
      next();
      return;
    }
    uploads.handle(request, response).catch((error: unknown) => {
      services.onBug(error);
      response.destroy();
    });
  });
  app.use(dashboardFiles(services.dashboardFolder));
  app.use(CHAT_PATH, chatBodyReader(services.chatLimits));
  app.useGlobalFilters(new ErrorFilter(services.onBug, services.log));
  serveOpenApi(app);
}
