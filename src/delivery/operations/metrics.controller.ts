import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { ServerResponse } from 'node:http';
import { Prometheus } from './prometheus.js';

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Prometheus) private readonly prometheus: Prometheus) {}

  @Get()
  @ApiOperation({ summary: 'All metrics as Prometheus reads them; docs/metrics.md tells each.' })
  @ApiProduces('text/plain')
  async metrics(@Res() response: ServerResponse): Promise<void> {
    const text = await this.prometheus.text();
    response.writeHead(200, { 'content-type': this.prometheus.contentType, 'cache-control': 'no-store' });
    response.end(text);
  }
}
