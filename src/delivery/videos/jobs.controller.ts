import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { jsonSchema } from '../http/json-schema.js';
import { jobBody } from './job-body.js';
import { type JobBody, jobShape } from './job-shape.js';
import { VideoLibrary } from './video-library.js';

@ApiTags('jobs')
@Controller('v1/jobs')
export class JobsController {
  constructor(@Inject(VideoLibrary) private readonly library: VideoLibrary) {}

  @Get(':id')
  @ApiOperation({ summary: 'How a job stands.' })
  @ApiResponse({ status: 200, schema: jsonSchema(jobShape) })
  async get(@Param('id') id: string): Promise<JobBody> {
    return jobBody(await this.library.job(id));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a job back; what it gave so far stays.' })
  @ApiResponse({ status: 200, schema: jsonSchema(jobShape) })
  async cancel(@Param('id') id: string): Promise<JobBody> {
    return jobBody(await this.library.cancel(id));
  }
}
