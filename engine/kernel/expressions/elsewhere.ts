/** Names that have a meaning at other places, and where that is. */
export const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  [
    'result',
    'it is what a call, a run or a decision gave, and known where that ends. Save what you need later.',
  ],
  ['results', 'it is the items of a `forEach` that have ended, and known in its state alone.'],
  ['message', 'it is known where a message came in. Save what you need later.'],
  ['error', 'it is known in the rules of `failed`.'],
  ['form', 'it is known in a form and in the rules of its outcomes. Set what you need later.'],
  ['outcome', 'it is known where a form, or what lies inside a state, has ended.'],
  ['outcomes', 'it is known in the rules of `done` of a `parallel`.'],
  ['actor', 'it is known where a person completed a form or pressed a button.'],
]);
