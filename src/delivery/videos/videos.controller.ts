import type { IncomingMessage } from 'node:http';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { consume } from '../../pipeline/consume.js';
import { RequestError, requestErrorAgain, RetryableError } from '../../shared/errors.js';
import { AccessGate } from '../access/access-gate.js';
import { STORE } from '../services.js';
import type { EventBody } from '../../store/event-body.js';
import type { Store } from '../../store/store.js';
import { goneSignal } from '../http/gone-signal.js';
import { jsonSchema } from '../http/json-schema.js';
import { pageQuery } from '../http/page-query.js';
import { parseRequest } from '../http/parse-request.js';
import { TopicHub } from '../live/topic-hub.js';
import { type AnswerEvent, askVideo } from './ask-video.js';
import { captionDocument } from './caption-document.js';
import { captionsQuery } from './captions-query.js';
import { fileName } from './file-name.js';
import { jobBody } from './job-body.js';
import { type JobBody, jobShape } from './job-shape.js';
import { listVideos } from './list-videos.js';
import { parsePlan } from './parse-plan.js';
import { resultsQuery } from './results-query.js';
import { videoBody } from './video-body.js';
import { VideoDownloads } from './video-downloads.js';
import { type ArrivedFile, VideoLibrary } from './video-library.js';
import { videoPlan, videoTaskBody } from './video-plan.js';
import {
  takenVideoShape,
  type TakenVideoBody,
  type VideoListBody,
  videoListShape,
  type VideoWithJobsBody,
  videoWithJobsShape,
} from './video-shape.js';

/** What multer tells of a file it has written. */
interface UploadedVideo {
  readonly path: string;
  readonly originalname: string;
}

/** A video that lies at an address. */
const fetchBody = z.strictObject({
  url: z.string().min(1).max(8192),
  name: z.string().trim().min(1).max(255).optional(),
  plan: z.unknown().optional(),
});
/** A form has no shape that zod could tell: a file, and text. */
const UPLOAD_SCHEMA = {
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', format: 'binary' },
    plan: { type: 'string', description: 'JSON: what is done with it; a summary and captions when left out' },
  },
};
const askBody = z.strictObject({
  question: z.string(),
  lang: z.string().optional(),
  start_seconds: z.number().optional(),
  end_seconds: z.number().optional(),
  frames: z.number().optional(),
  max_new_tokens: z.number().optional(),
});

@ApiTags('videos')
@Controller('v1/videos')
export class VideosController {
  constructor(
    @Inject(VideoLibrary) private readonly library: VideoLibrary,
    @Inject(TopicHub) private readonly hub: TopicHub,
    @Inject(STORE) private readonly store: Store,
    @Inject(AccessGate) private readonly gate: AccessGate,
    @Inject(VideoDownloads) private readonly downloads: VideoDownloads,
  ) {}

  @Post()
  @ApiOperation({
    summary:
      'Upload a video, or have one fetched from a public address (JSON with url); its first job is queued. Large files: tus at /v1/uploads.',
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': { schema: UPLOAD_SCHEMA },
        'application/json': {
          schema: jsonSchema(fetchBody),
          example: { url: 'https://videos.example/farm.mp4', name: 'farm.mp4' },
        },
      },
    },
  })
  @ApiResponse({ status: 201, schema: jsonSchema(takenVideoShape) })
  @UseInterceptors(FileInterceptor('file'))
  async upload(
    @UploadedFile() file: UploadedVideo | undefined,
    @Body() fields: Record<string, unknown> | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TakenVideoBody> {
    const arrived = file === undefined ? await this.#fetched(fields, response) : uploaded(file);
    const { video, job } = await this.library.takeIn(arrived, () => parsePlan(fields?.['plan']));
    return { ...videoBody(video), job: jobBody(job) };
  }

  /** Gives up when nobody waits for it any more. */
  async #fetched(fields: Record<string, unknown> = {}, response: Response): Promise<ArrivedFile> {
    if (fields['url'] === undefined) {
      throw new RequestError(
        'upload_missing',
        'the request has no video: send a file as the field "file", or JSON with "url"',
      );
    }
    const { url, name, plan } = parseRequest(fetchBody, fields);
    parsePlan(plan); // before the bytes come, not after
    const arrived = await this.downloads.fetch(url, goneSignal(response));
    return name === undefined ? arrived : { ...arrived, name: fileName(name) };
  }

  @Get()
  @ApiOperation({ summary: 'Videos, newest first.' })
  @ApiResponse({ status: 200, schema: jsonSchema(videoListShape) })
  list(@Req() request: IncomingMessage, @Query() query: unknown): Promise<VideoListBody> {
    const ids = this.gate.accessOf(request).idsOf('videos/');
    return listVideos(this.store, { ...parseRequest(pageQuery, query), ids });
  }

  @Get(':id')
  @ApiOperation({ summary: 'A video with its jobs.' })
  @ApiResponse({ status: 200, schema: jsonSchema(videoWithJobsShape) })
  async get(@Param('id') id: string): Promise<VideoWithJobsBody> {
    const video = await this.library.get(id);
    const jobs = (await this.store.jobs.ofVideo(id)).map(jobBody);
    return { ...videoBody(video), proxy: this.library.proxies.state(id), jobs };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a video with its file, jobs and results.' })
  async remove(@Param('id') id: string): Promise<void> {
    await this.library.remove(id);
  }

  @Post(':id/jobs')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have more done with a video.' })
  @ApiBody({ schema: jsonSchema(videoPlan) })
  @ApiResponse({ status: 202, schema: jsonSchema(jobShape) })
  async addJob(@Param('id') id: string, @Body() body: unknown): Promise<JobBody> {
    return jobBody(await this.library.addJob(id, parseRequest(videoPlan, body)));
  }

  @Post(':id/ask')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask about the whole video or a part of it; answers when the answer is there.' })
  @ApiBody({ schema: jsonSchema(askBody) })
  async ask(
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const task = parseRequest(videoTaskBody, { task: 'ask', ...parseRequest(askBody, body) });
    const events: AnswerEvent[] = [];
    const asked = askVideo(this.library, this.hub, id, task);
    await consume(asked, (event) => events.push(event), goneSignal(response));
    const answer = events.find(({ event }) => event.kind === 'answer');
    if (answer !== undefined) return answer.event;
    throw await this.#noAnswer(events.at(-1)?.event);
  }

  /** Why a question came to nothing: by what is to be mended, or by something that may be over when it is asked again. */
  async #noAnswer(end: EventBody | undefined): Promise<Error> {
    const job = await this.store.jobs.get(String(end?.['job']));
    const { failure = null } = job ?? {};
    if (failure?.isRefused === true) return requestErrorAgain(failure);
    return new RetryableError(
      'ask_failed',
      `the question got no answer (${failure?.message ?? String(end?.['state'])})`,
    );
  }

  @Get(':id/captions')
  @ApiOperation({ summary: 'What was written about a video: format=json, vtt, srt or text.' })
  async captions(@Param('id') id: string, @Query() query: unknown, @Res() response: Response): Promise<void> {
    const { format, job, task } = parseRequest(captionsQuery, query);
    await this.library.get(id);
    const jobs = (await this.store.jobs.ofVideo(id)).filter((one) => job === undefined || one.id === job);
    const { type, body } = await captionDocument(this.store, jobs, format, { task });
    response.type(`${type}; charset=utf-8`).send(body);
  }

  @Get(':id/results')
  @ApiOperation({ summary: 'The results of a job in their order: after=NUMBER for the next page.' })
  async results(@Param('id') id: string, @Query() query: unknown): Promise<object> {
    const { job, after, limit } = parseRequest(resultsQuery, query);
    await this.library.get(id);
    if ((await this.library.job(job)).video !== id) {
      throw new RequestError(
        'job_not_found',
        `the video has no job ${JSON.stringify(job)}: see GET /v1/videos/ID/jobs`,
      );
    }
    const results = await this.store.events.results(job, after, limit);
    return { results: results.map(({ seq, event }) => ({ seq, ...event })) };
  }
}

function uploaded({ path, originalname }: UploadedVideo): ArrivedFile {
  return { path, name: originalname, origin: 'multipart' };
}
