import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './delivery/health.controller.js';
import { ModelsController } from './delivery/models.controller.js';
import { MODEL_STATE, type ModelStateSource } from './delivery/served-model.js';

/** Binds the plain classes of the project to Nest; they know nothing of it. */
@Module({})
export class AppModule {
  static with(modelState: ModelStateSource): DynamicModule {
    return {
      module: AppModule,
      controllers: [HealthController, ModelsController],
      providers: [{ provide: MODEL_STATE, useFactory: () => modelState }],
    };
  }
}
