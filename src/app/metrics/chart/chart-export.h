/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A render node as a file. Texts stay sharp in all of them; SVG and PDF hold shapes, not pixels. */

/* scale: pixels per logical pixel. */
GBytes *baton_export_png (GskRenderNode *node, double width, double height, double scale, GError **error);
GBytes *baton_export_svg (GskRenderNode *node, double width, double height, GError **error);

/* The picture for the clipboard. */
GdkTexture *baton_export_texture (GskRenderNode *node, double width, double height, double scale);

/* Writes whole or not at all. */
gboolean baton_export_write (GBytes *bytes, const char *path, GError **error);

G_END_DECLS
