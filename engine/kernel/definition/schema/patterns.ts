/** Names of workflows and states. */
export const NAME = '^[a-z][a-z0-9-]{0,63}$';
/** Names of starts, forms, decisions, messages, outcomes, buttons and signals. */
export const LABEL = '^[a-z][A-Za-z0-9-]{0,63}$';
/** Names of data fields. */
export const DATA_NAME = '^[a-z][A-Za-z0-9]{0,63}$';
/** A data field, or one inside it: `customer.legalName`. */
export const DATA_PATH = '^[a-z][A-Za-z0-9]{0,63}([.][A-Za-z][A-Za-z0-9_]{0,63}){0,8}$';
/** An input of an operation or of another workflow. */
export const INPUT_NAME = '^[A-Za-z][A-Za-z0-9_]{0,63}$';
/** A locked type, or a list of one: `QuoteLine[]`. */
export const TYPE = '^[A-Z][A-Za-z0-9]{0,63}(\\[\\])?$';
/** An operation or message of a connector: `oms.createOrder`. */
export const OPERATION = '^[A-Za-z][A-Za-z0-9-]*([.][A-Za-z][A-Za-z0-9-]*)+$';
/** What `on` answers: a name, or the message of a connector. */
export const EVENT = `${LABEL}|${OPERATION}`;
/** A workflow to be run: `core/create-order` or `onboarding`. */
export const RUNNABLE = '^(core/)?[a-z][a-z0-9-]{0,63}$';
/** A state as seen from another: `sibling`, `state/inside/it`, `^outer`. */
export const TARGET = '^\\^?[A-Za-z][A-Za-z0-9-]*(/[A-Za-z][A-Za-z0-9-]*)*$';
export const DELAY =
  '^[1-9][0-9]{0,4} (seconds?|minutes?|hours?|days?|weeks?|months?|business hours?|business days?)$';
export const LANGUAGE = '^[a-z]{2,3}(-[A-Z]{2})?$';
/** A level of classification, or a tag beside it. */
export const TAG = '^[a-z][a-z0-9-]{0,63}$';
export const BODY_FILE = '^[A-Za-z0-9][A-Za-z0-9.-]*[.]hbs$';
/** A media type, or a family of them: `application/pdf`, `image/*`. */
export const MEDIA_TYPE = '^[a-z]+/([*]|[a-z0-9][a-z0-9.+-]{0,126})$';
export const FILE_SIZE = '^[1-9][0-9]{0,5} (kB|MB)$';

/** What a pattern asks for, in words that finish the sentence `"…" must be`. */
export const PATTERN_WORDS: ReadonlyMap<string, string> = new Map([
  [NAME, 'a name of small letters, digits and hyphens that begins with a letter, like rep-review'],
  [LABEL, 'a name of letters, digits and hyphens that begins with a small letter, like rep-review'],
  [DATA_NAME, 'a name of letters and digits that begins with a small letter, like netTotal'],
  [DATA_PATH, 'a data field, or one inside it, like customer.legalName'],
  [INPUT_NAME, 'a name of letters and digits that begins with a letter'],
  [TYPE, 'the name of a locked type, like Customer or QuoteLine[]'],
  [OPERATION, 'a name of two parts, like oms.createOrder'],
  [EVENT, 'the name of an outcome or of a button, or a message, like oms.orderRejected'],
  [RUNNABLE, 'the name of a workflow, or of a core process, like core/create-order'],
  [TARGET, 'the name of a state: sibling, state/inside or ^outer'],
  [DELAY, 'a span like 14 days, 2 hours or 8 business hours'],
  [LANGUAGE, 'a language like en, de or pt-BR'],
  [MEDIA_TYPE, 'a media type like application/pdf, or a family of them like image/*'],
  [FILE_SIZE, 'a size like 10 MB or 500 kB'],
  [BODY_FILE, 'a file beside the workflow, like reminder.hbs'],
]);
