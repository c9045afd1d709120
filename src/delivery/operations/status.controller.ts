import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { jsonSchema } from '../http/json-schema.js';
import { VERSION } from '../services.js';
import { ServerWatch } from './server-watch.js';
import { statusBody } from './status-body.js';
import { type StatusBody, statusShape } from './status-shape.js';

@ApiTags('operations')
@Controller('v1/status')
export class StatusController {
  constructor(
    @Inject(ServerWatch) private readonly watch: ServerWatch,
    @Inject(VERSION) private readonly version: string,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'How the server is: queue, latencies, caches, memory, drops and why.' })
  @ApiOkResponse({ schema: jsonSchema(statusShape) })
  async status(): Promise<StatusBody> {
    return statusBody(await this.watch.figures(), this.version);
  }
}
