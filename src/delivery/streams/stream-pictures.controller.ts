import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { pictureJpeg } from '../../pipeline/picture-jpeg.js';
import { RetryableError } from '../../shared/errors.js';
import { parseRequest } from '../http/parse-request.js';
import { MotionJpeg } from './motion-jpeg.js';
import { picturesPerSecond } from './pictures-per-second.js';
import { StreamManager } from './stream-manager.js';

const motionQuery = z.object({ fps: picturesPerSecond(z.coerce.number()) });

@ApiTags('streams')
@Controller('v1/streams/:id')
export class StreamPicturesController {
  constructor(
    @Inject(StreamManager) private readonly streams: StreamManager,
    @Inject(MotionJpeg) private readonly motion: MotionJpeg,
  ) {}

  @Get('picture')
  @ApiOperation({
    summary: 'What a stream shows now, at most 640 pixels a side; X-Captured-At tells of when it is.',
  })
  @ApiProduces('image/jpeg')
  @ApiResponse({ status: 200, description: 'A JPEG.' })
  async picture(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const { picture } = await this.streams.running(id);
    if (picture === null) {
      throw new RetryableError(
        'stream_no_picture',
        'the stream has shown nothing yet: ask again when it is live',
      );
    }
    const jpeg = await pictureJpeg(picture);
    response.set({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-captured-at': new Date(picture.capturedAtMs).toISOString(),
    });
    response.send(jpeg);
  }

  @Get('live.mjpeg')
  @ApiOperation({
    summary: 'What a stream shows, as Motion JPEG for <img>: the newest picture, at most fps a second.',
  })
  @ApiQuery({
    name: 'fps',
    required: false,
    schema: { type: 'number', minimum: 0.1, maximum: 15, default: 10 },
  })
  @ApiProduces('multipart/x-mixed-replace')
  @ApiResponse({ status: 200, description: 'JPEGs, until the stream stops or the client goes.' })
  async live(@Param('id') id: string, @Query() query: unknown, @Res() response: Response): Promise<void> {
    await this.motion.serve(response, id, parseRequest(motionQuery, query).fps);
  }
}
