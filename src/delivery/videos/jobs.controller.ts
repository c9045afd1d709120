import type { IncomingMessage } from 'node:http';
import { Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Job } from '../../store/job.js';
import { AccessGate } from '../access/access-gate.js';
import { jsonSchema } from '../http/json-schema.js';
import { jobBody } from './job-body.js';
import { type JobBody, jobShape } from './job-shape.js';
import { VideoLibrary } from './video-library.js';

@ApiTags('jobs')
@Controller('v1/jobs')
export class JobsController {
  constructor(
    @Inject(VideoLibrary) private readonly library: VideoLibrary,
    @Inject(AccessGate) private readonly gate: AccessGate,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'How a job stands.' })
  @ApiResponse({ status: 200, schema: jsonSchema(jobShape) })
  async get(@Req() request: IncomingMessage, @Param('id') id: string): Promise<JobBody> {
    return jobBody(await this.#job(request, id));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a job back; what it gave so far stays.' })
  @ApiResponse({ status: 200, schema: jsonSchema(jobShape) })
  async cancel(@Req() request: IncomingMessage, @Param('id') id: string): Promise<JobBody> {
    await this.#job(request, id);
    return jobBody(await this.library.cancel(id));
  }

  /** Which topic a job is of is known to the job alone. */
  async #job(request: IncomingMessage, id: string): Promise<Job> {
    const job = await this.library.job(id);
    this.gate.accessOf(request).expectTopic(`videos/${job.video}`);
    return job;
  }
}
