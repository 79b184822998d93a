/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media-pane.h"
#include "picture.h"

G_BEGIN_DECLS

/* One video or sound, or two of them side by side, the newer one left. The newer one has the controls, and
 * the older one does the same at the same moment: it plays, pauses, and shows the frame of every step and
 * seek. Its sound is off, so that one hears one thing. While nothing plays, the frames are pictures like
 * others, for whoever draws upon them and compares them.
 *
 * Signal frames-changed (): other frames are seen, or it plays, or does not any more. */
#define BATON_TYPE_COMPARE_MEDIA (baton_compare_media_get_type ())
G_DECLARE_FINAL_TYPE (BatonCompareMedia, baton_compare_media, BATON, COMPARE_MEDIA, GtkBox)

GtkWidget *baton_compare_media_new (void);

/* Paths; newer NULL: nothing is played, and the helpers end. older NULL: the newer one alone. */
void baton_compare_media_set (BatonCompareMedia *self, const char *newer, const char *newer_label,
    const char *older, const char *older_label);
gboolean baton_compare_media_is_shown (BatonCompareMedia *self);
/* Both are videos. */
gboolean baton_compare_media_sees (BatonCompareMedia *self);
/* The frame that is seen while nothing plays; NULL while it plays, and of sound. Borrowed until
 * “frames-changed”. */
BatonPicture *baton_compare_media_frame (BatonCompareMedia *self, gboolean older);
/* Whether a moment (in seconds) lies within the frame that is seen. */
gboolean baton_compare_media_is_at (BatonCompareMedia *self, gboolean older, double moment);
/* The controls of both; they stand where the caller puts them. Transfer full. */
GtkWidget *baton_compare_media_controls (BatonCompareMedia *self);
BatonMediaPane *baton_compare_media_pane (BatonCompareMedia *self, gboolean older);

G_END_DECLS
