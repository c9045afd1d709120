import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { jobBody } from './job-body.js';
import { VideoLibrary } from './video-library.js';

@ApiTags('jobs')
@Controller('v1/jobs')
export class JobsController {
  constructor(@Inject(VideoLibrary) private readonly library: VideoLibrary) {}

  @Get(':id')
  @ApiOperation({ summary: 'How a job stands.' })
  async get(@Param('id') id: string): Promise<object> {
    return jobBody(await this.library.job(id));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a job back; what it gave so far stays.' })
  async cancel(@Param('id') id: string): Promise<object> {
    return jobBody(await this.library.cancel(id));
  }
}
