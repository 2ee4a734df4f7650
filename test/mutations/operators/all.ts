import type { Operator } from '../operator.ts';
import { DECISION_OPERATORS } from './decisions.ts';
import { EVENT_OPERATORS } from './events.ts';
import { FILE_OPERATORS } from './files.ts';
import { FORMULA_OPERATORS } from './formulas.ts';
import { ITEM_OPERATORS } from './items.ts';
import { LIMIT_OPERATORS } from './limits.ts';
import { MAIL_OPERATORS } from './mails.ts';
import { NAME_OPERATORS } from './names.ts';
import { PEOPLE_OPERATORS } from './people.ts';
import { REGION_OPERATORS } from './regions.ts';
import { SHAPE_OPERATORS, YAML_OPERATORS } from './shape.ts';
import { SOUNDNESS_OPERATORS } from './soundness.ts';
import { TEXT_OPERATORS } from './texts.ts';
import { TIME_OPERATORS } from './times.ts';
import { WORK_OPERATORS } from './work.ts';

/** Every way in which a right workflow is made wrong. */
export const OPERATORS: readonly Operator[] = [
  ...YAML_OPERATORS,
  ...SHAPE_OPERATORS,
  ...NAME_OPERATORS,
  ...MAIL_OPERATORS,
  ...FORMULA_OPERATORS,
  ...FILE_OPERATORS,
  ...WORK_OPERATORS,
  ...DECISION_OPERATORS,
  ...SOUNDNESS_OPERATORS,
  ...TEXT_OPERATORS,
  ...ITEM_OPERATORS,
  ...PEOPLE_OPERATORS,
  ...EVENT_OPERATORS,
  ...TIME_OPERATORS,
  ...REGION_OPERATORS,
  ...LIMIT_OPERATORS,
];
