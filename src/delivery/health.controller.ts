import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import type { Store } from '../store/store.js';
import { MODEL_STATE, type ModelStateSource } from './served-model.js';
import { STORE } from './services.js';

/** For whoever watches over the process: `live` says it runs, `ready` that it can answer. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(MODEL_STATE) private readonly modelState: ModelStateSource,
    @Inject(STORE) private readonly store: Store,
  ) {}

  @Get('live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 with the reason until the model process answers, and while the store cannot keep anything. */
  @Get('ready')
  async ready(): Promise<{ readonly status: 'ok' }> {
    const trouble = await this.store.trouble();
    if (trouble !== null) {
      const { code, message } = trouble;
      throw new ServiceUnavailableException({ status: 'store_trouble', code, message });
    }
    const state = this.modelState();
    if (state.state === 'ready') return { status: 'ok' };
    const reason = state.state === 'failed' ? { code: state.code, message: state.message } : {};
    throw new ServiceUnavailableException({ status: state.state, ...reason });
  }
}
