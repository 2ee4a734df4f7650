/** On a narrow screen the navigation scrolls: begins it at the link of the page that is shown. */
document
  .querySelector('.trellis-nav [aria-current]')
  ?.scrollIntoView({ block: 'nearest', inline: 'center' });
