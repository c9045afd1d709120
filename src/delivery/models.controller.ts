import { Controller, Get, Inject } from '@nestjs/common';
import { type ModelListBody, modelListBody } from './model-list-body.js';
import { MODEL_STATE, type ModelStateSource } from './served-model.js';

@Controller('v1/models')
export class ModelsController {
  constructor(@Inject(MODEL_STATE) private readonly modelState: ModelStateSource) {}

  @Get()
  list(): ModelListBody {
    return modelListBody(this.modelState());
  }
}
