/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

#include <glib/gi18n-lib.h>

/* What the sample says. Names of people stay as they are. */

const SamplePerson sample_people[N_PEOPLE] = {
  { "Mara Lindqvist", N_ ("Project manager"), "#3f76ad", "mara@example.org" },
  { "Jonas Weber", N_ ("Designer"), "#b0527f", "jonas@example.org" },
  { "Aiko Tanaka", N_ ("Designer"), "#7566ad", "aiko@example.org" },
  { "Tom Okafor", N_ ("Copywriter"), "#9c6a33", "tom@example.org" },
  { "Lucía Fernández", N_ ("Motion designer"), "#a8504a", "lucia@example.org" },
  { "Priya Raman", N_ ("Brand lead"), "#2f857c", "priya@example.org" },
  { "Henrik Sørensen", N_ ("Legal reviewer"), "#4d6673", "henrik@example.org" },
  { "Claire Dubois", N_ ("Print producer"), "#637f37", "claire@example.org" },
};

const char *const sample_campaigns[N_CAMPAIGNS] = { N_ ("Spring Launch"), N_ ("Store opening"),
  N_ ("Always on") };

/* Channels: Instagram 0, e-mail 1, web banner 2, blog 3, print 4, in-store 5. */
const SampleDeliverable sample_deliverables[] = {
  { N_ ("Key visual"), N_ ("A2 at 300 dpi, layered"), 2, 0, JONAS, 700,
      { N_ ("Two directions"), N_ ("Choose with Priya"), N_ ("Final artwork") } },
  { N_ ("Instagram story"), N_ ("1080 × 1920 px, three frames"), 0, 1, AIKO, 300,
      { N_ ("Frames"), N_ ("Sticker and link"), N_ ("Text alternative") } },
  { N_ ("Instagram reel"), N_ ("1080 × 1920 px, 20 seconds"), 0, 2, LUCIA, 900,
      { N_ ("Storyboard"), N_ ("Rough cut"), N_ ("Sound"), N_ ("Subtitles") } },
  { N_ ("Instagram carousel"), N_ ("1080 × 1350 px, five slides"), 0, 3, AIKO, 420,
      { N_ ("Slides"), N_ ("Caption"), N_ ("Text alternatives") } },
  { N_ ("Launch e-mail"), N_ ("600 px wide, dark mode too"), 1, 4, TOM, 340,
      { N_ ("Subject lines to test"), N_ ("Copy"), N_ ("Links with tags") } },
  { N_ ("Reminder e-mail"), N_ ("600 px wide, text first"), 1, 4, TOM, 200,
      { N_ ("Subject line"), N_ ("Copy") } },
  { N_ ("Home page banner"), N_ ("1920 × 640 and 750 × 900 px"), 2, 5, JONAS, 320,
      { N_ ("Wide"), N_ ("Narrow"), N_ ("Contrast checked") } },
  { N_ ("Display ads"), N_ ("Six sizes, below 150 kB each"), 2, 5, JONAS, 420,
      { N_ ("Master"), N_ ("Sizes"), N_ ("File sizes checked") } },
  { N_ ("Landing page"), N_ ("Responsive, three sections"), 2, 6, AIKO, 640,
      { N_ ("Wireframe"), N_ ("Copy in place"), N_ ("Pictures"), N_ ("Forms tested") } },
  { N_ ("Blog article"), N_ ("800 words, two pictures"), 3, 7, TOM, 480,
      { N_ ("Outline"), N_ ("Draft"), N_ ("Pictures chosen") } },
  { N_ ("Blog header"), N_ ("1600 × 900 px"), 3, 0, AIKO, 180, { N_ ("Picture"), N_ ("Crop for phones") } },
  { N_ ("Flyer"), N_ ("A6, both sides, 3 mm bleed"), 4, 8, CLAIRE, 400,
      { N_ ("Layout"), N_ ("Proof-read"), N_ ("Proof from the printer") } },
  { N_ ("Poster"), N_ ("A1, 5 mm bleed, coated paper"), 4, 9, CLAIRE, 480,
      { N_ ("Layout"), N_ ("Colour profile"), N_ ("Proof from the printer") } },
  { N_ ("Window display"), N_ ("Vinyl, 240 × 160 cm"), 5, 10, CLAIRE, 620,
      { N_ ("Measure the windows"), N_ ("Artwork"), N_ ("Fitter booked") } },
  { N_ ("Shelf card"), N_ ("105 × 74 mm, folded"), 5, 11, CLAIRE, 220,
      { N_ ("Price checked"), N_ ("Layout") } },
  { N_ ("In-store screen loop"), N_ ("1920 × 1080 px, 15 seconds, silent"), 5, 2, LUCIA, 760,
      { N_ ("Storyboard"), N_ ("Animation"), N_ ("Tested on the screen") } },
};
const guint sample_n_deliverables = G_N_ELEMENTS (sample_deliverables);

const SampleTheme sample_themes[] = {
  { N_ ("First shoots"), 0, N_ ("Spring begins at home: one pot, one seed, one week."),
      N_ ("People in towns with a balcony or a window sill who have never grown anything."),
      N_ ("Last year’s pictures showed gardens. This year we show small places.") },
  { N_ ("Early bird"), 0, N_ ("Order before the first of the month and get a fifth off."),
      N_ ("Customers who bought last spring; they know us and compare prices."),
      N_ ("The offer ends at midnight. **Never write “only today”.** Legal wants the date in full.") },
  { N_ ("Store opening"), 1, N_ ("A new place at the harbour: come and take a plant home."),
      N_ ("Neighbours within two kilometres, families at the weekend."),
      N_ ("The architect’s photographs may be used from the 12th on.") },
  { N_ ("Colour of the year"), 0, N_ ("Apricot, from the wall to the flower bed."),
      N_ ("People who redecorate; mostly 28 to 45, many on Instagram."),
      N_ ("Print needs the spot colour; on screens use the palette of the brand book.") },
  { N_ ("Grow with kids"), 2, N_ ("A bean on a wet cloth is the best biology lesson."),
      N_ ("Parents and primary-school teachers."),
      N_ ("No faces of children without a signed release. Hands are fine.") },
  { N_ ("Tool check"), 2, N_ ("Sharpen, oil, begin: bring your tools back to life."),
      N_ ("People with a garden and old tools, who like to repair."),
      N_ ("The workshop dates differ from store to store; see the list.") },
  { N_ ("Herb kitchen"), 0, N_ ("Six herbs that survive any kitchen."),
      N_ ("People who cook; readers of the newsletter."),
      N_ ("The recipes are by the restaurant next door and are credited to it.") },
  { N_ ("Bee season"), 2, N_ ("What flowers early feeds whom nobody sees."),
      N_ ("Everybody who wants to do some good without much work."),
      N_ ("Claims about species come from the nature society; keep their wording.") },
  { N_ ("Balcony week"), 0, N_ ("Seven days, seven balconies, seven budgets."),
      N_ ("Tenants with little room and less money."),
      N_ ("Each balcony has a price tag. Prices are fixed on Monday.") },
  { N_ ("Second store"), 1, N_ ("Now also on the other side of the river."),
      N_ ("People who find the harbour too far."),
      N_ ("Opening day is fixed; everything for the windows must be there two days before.") },
  { N_ ("Mother’s Day"), 0, N_ ("A plant lasts longer than a bouquet."),
      N_ ("Adult children who decide late, on the phone."),
      N_ ("Deliveries close on Friday at noon. Say it everywhere.") },
  { N_ ("Tomato school"), 2, N_ ("From the seedling to the salad in twelve steps."),
      N_ ("Beginners of the first weeks, who are ready for more."),
      N_ ("A series: the look must work twelve times.") },
  { N_ ("Summer preview"), 0, N_ ("What you plant now, you sit under in July."),
      N_ ("Customers who spend most in June."),
      N_ ("The new furniture is not to be shown before the 20th.") },
};
const guint sample_n_themes = G_N_ELEMENTS (sample_themes);

const char *const sample_maker_comments[] = {
  N_ ("The working file is in the usual place. I used the wide crop; the narrow one loses the pot."),
  N_ ("Two versions; I prefer the second, because the price can be read from afar."),
  N_ ("Type is 2 pt larger than in the template. Otherwise nobody over forty can read it."),
  N_ ("All sizes are exported. The smallest has no claim, there is no room for it."),
  N_ ("I have left the last line open until the date is certain."),
  N_ ("Pictures are licensed until the end of the year, the sheet is in the folder."),
  N_ ("Checked on a phone in the sun. It works."),
};
const guint sample_n_maker_comments = G_N_ELEMENTS (sample_maker_comments);

const char *const sample_rework_comments[] = {
  N_ ("Nearly. The logo is too close to the edge, it needs 8 mm at least."),
  N_ ("The headline says two things. Please let it say one."),
  N_ ("The claim needs its footnote, in the small type of the brand book."),
  N_ ("The green is last year’s. See page 14 of the brand book."),
  N_ ("Contrast of the button is 3.1 to 1, we need 4.5."),
  N_ ("This is the offer of last week; the new end date is on the brief."),
  N_ ("Good picture, wrong channel: the crop hides the product on a phone."),
  N_ ("Please send it back with the text alternative, it is missing."),
};
const guint sample_n_rework_comments = G_N_ELEMENTS (sample_rework_comments);

/* The first is the legal reviewer's. */
const char *const sample_approval_comments[] = {
  N_ ("Terms are fine. Please keep the date in the footnote."),
  N_ ("Approved. Lovely."),
  N_ ("Approved, and thank you for the second version."),
  N_ ("Good to go. Keep the layout for the next theme."),
  N_ ("Fine now."),
};
const guint sample_n_approval_comments = G_N_ELEMENTS (sample_approval_comments);

const char *const sample_blocks[] = {
  N_ ("Waiting for the final product photos"),
  N_ ("Prices are not confirmed yet"),
  N_ ("The printer has not sent the die line"),
  N_ ("The music licence is not signed"),
  N_ ("Opening date is not certain"),
};
const guint sample_n_blocks = G_N_ELEMENTS (sample_blocks);

char *
sample_brief (const SampleTheme *theme, const SampleDeliverable *what)
{
  return g_strdup_printf (_ ("## Message\n\n%s\n\n## What we need\n\n- **%s**\n- Format: %s\n"
                             "- Tone: warm, short, *no exclamation marks*\n\n"
                             "> If it does not fit on a pot label, it is too long.\n"),
      _ (theme->message), _ (what->name), _ (what->format));
}
