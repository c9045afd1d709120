import type { PalistreamError } from '../../shared/errors.js';
import type { EventBody } from '../../store/event-body.js';

/** What a topic is told when its events cannot be kept. */
export function troubleEvent({ code, message }: PalistreamError): EventBody {
  return { kind: 'error', code, message };
}
