/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-words.h"

#include "media-words.h"
#include "when.h"

#include <glib/gi18n.h>

char *
baton_review_left (gint64 ends, gint64 now, gboolean *over)
{
  gint64 span = ends > now ? ends - now : now - ends;
  g_autofree char *age = ends != 0 ? baton_when_age (span) : NULL;

  *over = ends != 0 && ends <= now;
  if (ends == 0)
    return NULL;
  return g_strdup_printf (*over ? _ ("over by %s") : _ ("%s left"), age);
}

static char *
time_of_day (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%H:%M") : g_strdup ("?");
}

char *
baton_review_time_words (gint64 at, gint64 now)
{
  g_autofree char *time = time_of_day (at);
  int days = baton_when_days (at, now);
  g_autofree char *day = NULL;

  if (days == 0)
    return g_steal_pointer (&time);
  if (days == 1)
    return g_strdup_printf (_ ("tomorrow %s"), time);
  if (days == -1)
    return g_strdup_printf (_ ("yesterday %s"), time);
  day = baton_when_day (at, now);
  return g_strdup_printf ("%s %s", day, time);
}

char *
baton_review_window_words (gint64 ends, gint64 now)
{
  g_autofree char *point = ends != 0 ? baton_review_time_words (ends, now) : NULL;

  if (ends == 0)
    return NULL;
  return g_strdup_printf (ends > now ? _ ("window ends %s") : _ ("window ended %s"), point);
}

char *
baton_review_version_name (const BatonRow *version)
{
  /* Translators: the number of a version, as short as can be. */
  return g_strdup_printf (_ ("v%d"), (int) baton_row_int (version, BATON_VERSION_NUMBER));
}

char *
baton_review_version_label (BatonReviewModel *model, const BatonRow *version, gint64 now)
{
  gint64 at = baton_row_int (version, BATON_VERSION_CREATED);
  g_autofree char *name = baton_review_version_name (version);
  g_autofree char *time = baton_review_time_words (at, now);
  /* Translators: a time of today: "today 11:20". */
  g_autofree char *when =
      baton_when_days (at, now) == 0 ? g_strdup_printf (_ ("today %s"), time) : g_strdup (time);
  const char *author = baton_review_model_person (model, baton_row_text (version, BATON_VERSION_AUTHOR));

  if (baton_review_model_is_newest (model, version))
    return g_strdup_printf (_ ("%s · %s · %s · newest"), name, author, when);
  return g_strdup_printf ("%s · %s · %s", name, author, when);
}

static const char *
shape_words (const BatonMark *mark)
{
  switch (mark->shape)
    {
    case BATON_MARK_POINT:
      return _ ("point");
    case BATON_MARK_RECTANGLE:
      return _ ("rectangle");
    case BATON_MARK_STROKE:
      return _ ("freehand");
    case BATON_MARK_ARROW:
      return _ ("arrow");
    case BATON_MARK_TEXT:
      return _ ("text");
    case BATON_MARK_MOMENT:
      return _ ("moment");
    case BATON_MARK_RANGE:
      return _ ("stretch of time");
    case BATON_MARK_NONE:
    default:
      return "";
    }
}

char *
baton_review_moment_words (const BatonMark *mark)
{
  g_autofree char *from = baton_media_clock ((gint64) (mark->from * G_USEC_PER_SEC + 0.5), TRUE);
  g_autofree char *to = baton_media_clock ((gint64) (mark->to * G_USEC_PER_SEC + 0.5), TRUE);

  /* Translators: something that was drawn upon a frame, and its moment: "rectangle, 0:12.48". */
  if (mark->timed)
    return g_strdup_printf (_ ("%s, %s"), shape_words (mark), from);
  if (mark->shape == BATON_MARK_MOMENT)
    return g_strdup (from);
  return mark->shape == BATON_MARK_RANGE ? g_strdup_printf ("%s–%s", from, to) : NULL;
}

char *
baton_review_thread_place (BatonReviewModel *model, const BatonThread *thread)
{
  g_autofree char *version = baton_review_version_name (thread->version);
  GString *words = g_string_new (NULL);

  /* Translators: which version a comment belongs to: "on v4", or carried along "from v3". */
  g_string_append_printf (words, thread->carried ? _ ("from %s") : _ ("on %s"), version);
  if (thread->mark != NULL)
    {
      g_autofree char *moment = baton_review_moment_words (thread->mark);

      g_string_append_printf (words, ", %s", moment != NULL ? moment : shape_words (thread->mark));
    }
  if (thread->page > 0)
    {
      g_string_append (words, ", ");
      g_string_append_printf (words, _ ("page %d"), thread->page + 1);
    }
  if (thread->resolved)
    g_string_append_printf (words, ", %s", _ ("resolved"));
  else if (thread->kept)
    g_string_append_printf (words, ", %s", _ ("still holds"));
  return g_string_free (words, FALSE);
}

const char *
baton_review_status_words (const char *status)
{
  if (g_strcmp0 (status, "in_review") == 0)
    return _ ("in review");
  if (g_strcmp0 (status, "approved") == 0)
    return _ ("approved");
  if (g_strcmp0 (status, "approved_with_changes") == 0)
    return _ ("approved with changes");
  return g_strcmp0 (status, "changes_requested") == 0 ? _ ("changes") : "";
}

const char *
baton_review_state_words (const char *state)
{
  if (g_strcmp0 (state, "complete") == 0)
    return _ ("complete");
  if (g_strcmp0 (state, "not_applicable") == 0)
    return _ ("not applicable");
  return g_strcmp0 (state, "failed") == 0 ? _ ("failed") : _ ("open");
}
