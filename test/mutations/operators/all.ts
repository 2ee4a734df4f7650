import type { Operator } from '../operator.ts';
import { DECISION_OPERATORS } from './decisions.ts';
import { FORMULA_OPERATORS } from './formulas.ts';
import { NAME_OPERATORS } from './names.ts';
import { SHAPE_OPERATORS, YAML_OPERATORS } from './shape.ts';
import { SOUNDNESS_OPERATORS } from './soundness.ts';
import { TEXT_OPERATORS } from './texts.ts';
import { WORK_OPERATORS } from './work.ts';

/** Every way in which a right workflow is made wrong. */
export const OPERATORS: readonly Operator[] = [
  ...YAML_OPERATORS,
  ...SHAPE_OPERATORS,
  ...NAME_OPERATORS,
  ...FORMULA_OPERATORS,
  ...WORK_OPERATORS,
  ...DECISION_OPERATORS,
  ...SOUNDNESS_OPERATORS,
  ...TEXT_OPERATORS,
];
