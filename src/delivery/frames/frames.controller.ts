import type { IncomingMessage } from 'node:http';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { RequestError } from '../../shared/errors.js';
import { AccessGate } from '../access/access-gate.js';
import { FrameKeeper } from './frame-keeper.js';
import { VideoFrames } from './video-frames.js';

@ApiTags('frames')
@Controller('v1/frames')
export class FramesController {
  constructor(
    @Inject(FrameKeeper) private readonly keeper: FrameKeeper,
    @Inject(VideoFrames) private readonly videoFrames: VideoFrames,
    @Inject(AccessGate) private readonly gate: AccessGate,
  ) {}

  @Get(':id')
  @ApiOperation({
    summary: 'What was to be seen when something was said: the frame_url of events and search hits.',
  })
  @ApiProduces('image/jpeg')
  @ApiResponse({ status: 200, description: 'A JPEG file of at most 480 pixels a side.' })
  @ApiResponse({ status: 404, description: 'It was never kept, or has made room for newer ones.' })
  async get(
    @Req() request: IncomingMessage,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    const frame = (await this.keeper.get(id)) ?? (await this.videoFrames.get(id));
    if (frame === null) {
      throw new RequestError(
        'frame_not_found',
        `there is no frame ${JSON.stringify(id)}: it was never kept, or has made room for newer ones`,
      );
    }
    this.gate.accessOf(request).expectTopic(frame.topic); // which one it is of is known to the frame alone
    response.set({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=3600',
      'cross-origin-resource-policy': 'same-origin',
    });
    response.send(Buffer.from(frame.jpeg));
  }
}
