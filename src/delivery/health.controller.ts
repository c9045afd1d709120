import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { jsonSchema } from './http/json-schema.js';
import { liveShape, readyShape } from './operations/health-shape.js';
import { ServerWatch } from './operations/server-watch.js';

/** For whoever watches over the process: `live` says it runs, `ready` that it can answer. */
@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(@Inject(ServerWatch) private readonly watch: ServerWatch) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers at all: restart it when it does not.' })
  @ApiResponse({ status: 200, schema: jsonSchema(liveShape) })
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether it can take work: model, store, disk. 503 with what is wrong.' })
  @ApiResponse({ status: 200, schema: jsonSchema(readyShape) })
  @ApiResponse({ status: 503, description: 'It cannot, and why.', schema: jsonSchema(readyShape) })
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const checks = await this.watch.readiness();
    const wrong = checks.find((check) => check.status !== 'ok');
    if (wrong === undefined) return { status: 'ok', checks };
    response.status(HttpStatus.SERVICE_UNAVAILABLE);
    const { status, code, message } = wrong;
    return {
      status,
      ...(code === undefined ? {} : { code }),
      ...(message === undefined ? {} : { message }),
      checks,
    };
  }
}
