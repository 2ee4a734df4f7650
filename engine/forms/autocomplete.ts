/**
 * The HTML `autocomplete` token for what customers are asked about themselves (WCAG 1.3.5), by the
 * field's name. Staff fill in other people's details, so their forms carry none.
 */
const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/^(contact)?e?mail(address)?$/u, 'email'],
  [/^(contact)?(phone|tel|telephone|mobile)(no|number)?$/u, 'tel'],
  [/^(legal|company|organi[sz]ation)name$|^company$|^organi[sz]ation$/u, 'organization'],
  [/^(first|given)name$/u, 'given-name'],
  [/^(last|family|sur)name$/u, 'family-name'],
  [/^(full|contact)name$/u, 'name'],
  [/^(post(al)?code|zip(code)?|eircode)$/u, 'postal-code'],
  [/^street(address)?$|^addressline1$/u, 'address-line1'],
  [/^addressline2$/u, 'address-line2'],
  [/^(city|town)$/u, 'address-level2'],
  [/^country(name)?$/u, 'country-name'],
  [/^(dateofbirth|birth(date|day)|born|dob)$/u, 'bday'],
  [/^jobtitle$/u, 'organization-title'],
  [/^(website|homepage)$/u, 'url'],
];

/** Answers the token for a field's name, or `undefined` where the field is not about the person. */
export function autocompleteFor(name: string): string | undefined {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
  return TOKENS.find(([pattern]) => pattern.test(plain))?.[1];
}
