import { Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { jsonSchema } from '../http/json-schema.js';
import { UPLOADS_FOLDER } from '../services.js';
import { jobBody } from '../videos/job-body.js';
import { videoBody } from '../videos/video-body.js';
import { VideoLibrary } from '../videos/video-library.js';
import { DEFAULT_PLAN } from '../videos/video-plan.js';
import { type TakenVideoBody, takenVideoShape } from '../videos/video-shape.js';
import { type SampleListBody, sampleListShape } from './sample-list-shape.js';
import { SampleShelf } from './sample-shelf.js';

/** The sample videos of the package, for whoever has none at hand. */
@ApiTags('samples')
@Controller('v1/samples')
export class SamplesController {
  constructor(
    @Inject(SampleShelf) private readonly shelf: SampleShelf,
    @Inject(VideoLibrary) private readonly library: VideoLibrary,
    @Inject(UPLOADS_FOLDER) private readonly uploadsFolder: string,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The sample videos that come with the program.' })
  @ApiResponse({ status: 200, schema: jsonSchema(sampleListShape) })
  list(): SampleListBody {
    const samples = this.shelf.samples.map(({ name, title, questions }) => {
      return { name, title, questions: [...questions], media_url: `/v1/samples/${name}/media` };
    });
    return { samples };
  }

  @Get(':name/media')
  @ApiOperation({ summary: 'A sample video itself.' })
  @ApiProduces('video/mp4')
  media(@Param('name') name: string, @Res() response: Response): void {
    const { file } = this.shelf.get(name);
    response.sendFile(file, { root: this.shelf.folder, maxAge: '1h' }); // the folder may lie below a hidden one
  }

  @Post(':name')
  @ApiOperation({ summary: 'Take a sample in like an upload; its first job is queued.' })
  @ApiResponse({ status: 201, schema: jsonSchema(takenVideoShape) })
  async take(@Param('name') name: string): Promise<TakenVideoBody> {
    const sample = this.shelf.get(name);
    const path = await this.shelf.copy(sample, this.uploadsFolder);
    const arrived = { path, name: sample.file, origin: 'sample' } as const;
    const { video, job } = await this.library.takeIn(arrived, () => DEFAULT_PLAN);
    return { ...videoBody(video), job: jobBody(job) };
  }
}
