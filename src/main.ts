import 'reflect-metadata';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import type { ModelStateSource } from './delivery/served-model.js';
import { expectLoopback } from './delivery/loopback.js';
import { EnvironmentError, messageOf } from './shared/errors.js';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly modelState: ModelStateSource;
}

export interface RunningServer {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Stops listening, finishes what is being answered, cuts idle connections. */
  close(): Promise<void>;
}

/**
 * Starts to listen; the model may still be loading.
 * @throws EnvironmentError `host_not_loopback`, or `port_unavailable`
 */
export async function startServer({ host, port, modelState }: ServerOptions): Promise<RunningServer> {
  expectLoopback(host);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and reads them as a plain object
  const app = await NestFactory.create(AppModule.with(modelState), {
    logger: false,
    abortOnError: false,
  });
  try {
    await app.listen(port, host);
    app.useLogger(['error', 'fatal']); // not before: what fails until here is thrown, and told once
  } catch (error) {
    await app.close();
    throw new EnvironmentError(
      'port_unavailable',
      `the server cannot listen on ${host} port ${port} (${messageOf(error)}): choose another PALISTREAM_PORT`,
      { cause: error },
    );
  }
  const server = app.getHttpServer() as Server;
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    close: async () => {
      const closed = app.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}
