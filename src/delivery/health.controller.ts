import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { MODEL_STATE, type ModelStateSource } from './served-model.js';

/** For whoever watches over the process: `live` says it runs, `ready` that it can answer. */
@Controller('health')
export class HealthController {
  constructor(@Inject(MODEL_STATE) private readonly modelState: ModelStateSource) {}

  @Get('live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 with the reason until the model process answers. */
  @Get('ready')
  ready(): { readonly status: 'ok' } {
    const state = this.modelState();
    if (state.state === 'ready') return { status: 'ok' };
    const reason = state.state === 'failed' ? { code: state.code, message: state.message } : {};
    throw new ServiceUnavailableException({ status: state.state, ...reason });
  }
}
