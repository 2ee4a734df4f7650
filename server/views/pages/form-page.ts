import type { FormView } from '../forms/form-view.ts';
import type { Area, Page } from '../page.ts';

/** Makes a page of a form that stands alone: a start, or a customer's answer. */
export function formPage(form: FormView, area?: Area): Page {
  return {
    template: 'pages/form',
    title: form.pageTitle,
    model: form,
    ...(area === undefined ? {} : { area }),
  };
}
