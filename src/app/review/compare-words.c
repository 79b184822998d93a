/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-view-private.h"

#include "compare-pixels.h"
#include "size-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* What the bar and the labels say about what is compared. */

static char *
size_words (BatonCompareView *self)
{
  BatonPicture *newer = baton_image_view_picture (self->newer.view);
  BatonPicture *older = baton_image_view_picture (self->older.view);
  g_autofree char *size =
      newer != NULL ? baton_size_words (baton_picture_width (newer), baton_picture_height (newer)) : NULL;
  g_autofree char *other =
      older != NULL ? baton_size_words (baton_picture_width (older), baton_picture_height (older)) : NULL;
  double scale;

  if (size == NULL || other == NULL || !baton_compare_view_is_comparing (self) || g_str_equal (size, other))
    return g_steal_pointer (&size);
  scale = MIN ((double) baton_picture_width (newer) / baton_picture_width (older),
      (double) baton_picture_height (newer) / baton_picture_height (older));
  /* Translators: sizes of two versions: "2160 × 2700; the older one is 1080 × 1350, scaled to 200 %". */
  return g_strdup_printf (
      _ ("%s; the older one is %s, scaled to %d %%"), size, other, (int) round (scale * 100));
}

void
baton_compare_view_say_facts (BatonCompareView *self)
{
  g_autofree char *sizes = size_words (self);
  g_autoptr (GString) facts = g_string_new (NULL);

  if (baton_compare_view_is_text (self))
    {
      g_autofree char *words = baton_text_compare_words (self->text);

      baton_compare_bar_set_facts (self->bar, words);
      return;
    }
  if (baton_compare_view_is_media (self) && !baton_compare_view_is_frame (self))
    {
      baton_compare_bar_set_facts (
          self->bar, self->mode != BATON_COMPARE_SIDE_BY_SIDE && baton_compare_view_is_comparing (self)
                         ? _ ("Side by side while it plays")
                         : "");
      return;
    }
  if (baton_compare_view_mode (self) == BATON_COMPARE_DIFFERENCE && self->share != NULL)
    g_string_append_printf (facts, "%s   ", self->share);
  if (sizes != NULL && self->share != NULL && baton_compare_view_mode (self) == BATON_COMPARE_DIFFERENCE &&
      strchr (sizes, '%') == NULL)
    g_string_append_printf (facts, "%d %%", (int) round (baton_image_view_zoom (self->newer.view) * 100));
  else if (sizes != NULL)
    g_string_append_printf (
        facts, "%d %%   %s", (int) round (baton_image_view_zoom (self->newer.view) * 100), sizes);
  baton_compare_bar_set_facts (self->bar, facts->str);
}

static void
share_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *pictures = data;
  double *share = g_new (double, 1);

  *share = baton_compare_share (g_ptr_array_index (pictures, 0), g_ptr_array_index (pictures, 1));
  g_task_return_pointer (task, share, g_free);
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonCompareView *self = BATON_COMPARE_VIEW (source);
  g_autofree double *share = g_task_propagate_pointer (G_TASK (result), NULL);

  if (share == NULL)
    return;
  g_free (self->share);
  if (*share < 0)
    self->share = NULL;
  else if (*share == 0)
    self->share = g_strdup (_ ("Not one pixel differs"));
  else
    self->share = g_strdup_printf (
        *share < 0.001 ? _ ("Less than 0.1 %% of the pixels differ") : _ ("%.1f %% of the pixels differ"),
        *share * 100);
  baton_compare_view_say_facts (self);
}

/* How many pixels differ is counted once for two pictures, elsewhere. */
void
baton_compare_view_count_differences (BatonCompareView *self)
{
  BatonPicture *newer = baton_image_view_picture (self->newer.view);
  BatonPicture *older = baton_image_view_picture (self->older.view);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->sharing);
  g_clear_object (&self->sharing);
  g_clear_pointer (&self->share, g_free);
  if (newer == NULL || older == NULL || baton_compare_view_mode (self) != BATON_COMPARE_DIFFERENCE)
    return;
  g_ptr_array_add (pictures, g_object_ref (newer));
  g_ptr_array_add (pictures, g_object_ref (older));
  self->sharing = g_cancellable_new ();
  task = g_task_new (self, self->sharing, shared_cb, NULL);
  g_task_set_task_data (task, g_ptr_array_ref (pictures), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, share_thread);
}

/* Above the texts stands what stands upon pictures. */
void
baton_compare_view_label_texts (BatonCompareView *self)
{
  const char *newer = self->labels[0] != NULL ? self->labels[0] : "";
  const char *older = self->labels[1] != NULL ? self->labels[1] : "";
  gboolean comparing = baton_compare_view_is_comparing (self);
  gboolean in_one = comparing && baton_compare_view_mode (self) == BATON_COMPARE_INLINE;
  /* Translators: two versions of a text in one another: "v3 · Ana · 11:20, with what changed since v2 · Ana ·
   * Mon". */
  g_autofree char *both =
      in_one ? g_strdup_printf (_ ("%s, with what changed since %s"), newer, older) : NULL;

  gtk_label_set_label (self->text_labels[0], both != NULL ? both : newer);
  gtk_label_set_label (self->text_labels[1], older);
  gtk_widget_set_visible (GTK_WIDGET (self->text_labels[1]), comparing && !in_one);
}

/* Which version is seen, and where: by turns the name follows, and where both are in one picture both stand
 * upon it. */
void
baton_compare_view_label_pictures (BatonCompareView *self)
{
  BatonCompareMode mode = baton_compare_view_mode (self);
  gboolean turned = mode == BATON_COMPARE_TOGGLE && baton_compare_layer_shows_older (self->layer) &&
                    self->labels[1] != NULL;
  const char *newer = self->labels[turned ? 1 : 0];

  gtk_label_set_label (self->newer.label, newer != NULL ? newer : "");
  gtk_label_set_label (self->older_tag, self->labels[1] != NULL ? self->labels[1] : "");
  gtk_widget_set_visible (GTK_WIDGET (self->older_tag),
      self->labels[1] != NULL && mode != BATON_COMPARE_SIDE_BY_SIDE && mode != BATON_COMPARE_TOGGLE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->newer.view), GTK_ACCESSIBLE_PROPERTY_LABEL, newer != NULL ? newer : "", -1);
}
