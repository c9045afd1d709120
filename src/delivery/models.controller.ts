import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestError } from '../shared/errors.js';
import { type ModelBody, type ModelListBody, modelListBody } from './model-list-body.js';
import { MODEL_STATE, type ModelStateSource } from './served-model.js';

@ApiTags('models')
@Controller('v1/models')
export class ModelsController {
  constructor(@Inject(MODEL_STATE) private readonly modelState: ModelStateSource) {}

  @Get()
  @ApiOperation({ summary: 'The model that answers, once it has been opened.' })
  list(): ModelListBody {
    return modelListBody(this.modelState());
  }

  @Get(':id')
  @ApiOperation({ summary: 'A model by its name.' })
  get(@Param('id') id: string): ModelBody {
    const model = this.list().data.find((one) => one.id === id);
    if (model !== undefined) return model;
    throw new RequestError('model_not_found', `there is no model ${JSON.stringify(id)}: see GET /v1/models`);
  }
}
