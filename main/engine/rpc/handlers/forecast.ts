import type { MethodName } from '#shared/contract/methods.ts';
import { addMark, listMarks, removeMark } from '../../inventory/forecast/marks.ts';
import { forecastOf, forecastStatus } from '../../inventory/forecast/read.ts';
import { runForecast } from '../../inventory/forecast/run.ts';
import type { Handlers } from '../handler.ts';

export const forecastHandlers: Handlers<Extract<MethodName, `forecast.${string}`>> = {
  'forecast.run': (engine, input, { signal }) => runForecast(engine, input, signal),
  'forecast.status': ({ db }) => forecastStatus(db),
  'forecast.get': ({ db, ports }, input) => forecastOf(db, input, ports.clock.now()),
  'forecast.marks': ({ db }) => listMarks(db),
  'forecast.mark': (engine, input, call) => addMark(engine, input, call),
  'forecast.unmark': (engine, input, call) => removeMark(engine, input, call),
};
