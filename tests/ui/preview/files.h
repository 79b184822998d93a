/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Real files of every kind, made in a folder of their own. Paths are the caller's. */

char *files_folder_new (void);
void files_folder_remove (char *folder); /* takes it */
void files_write (const char *path, gconstpointer data, gsize size);
char *files_write_text (const char *folder, const char *name, const char *text);
/* A copy of the first `share` (0–1) of a file. */
char *files_cut (const char *path, const char *name, double share);

/* The left half red, the right half blue, the upper quarter white. type: as gdk-pixbuf names it. */
char *files_picture (
    const char *folder, const char *name, const char *type, int width, int height, gboolean alpha);
/* A JPEG that says how it is to be turned (EXIF 1–8). */
char *files_jpeg_turned (const char *folder, const char *name, int width, int height, int orientation);
char *files_pdf (const char *folder, const char *name, int pages);
char *files_svg (const char *folder, const char *name, int width, int height);
/* A header of a PNG that promises so many pixels, and nothing behind it. */
char *files_png_header (const char *folder, const char *name, guint32 width, guint32 height);
/* n frames of one size; each has another grey. */
char *files_gif (const char *folder, const char *name, int n);

/* By tools that may be missing: NULL then, with a message. */
char *files_webp (const char *folder, const char *name, const char *png);
char *files_webp_animated (const char *folder, const char *name, const char *gif);
char *files_tiff_pages (const char *folder, const char *name, const char *first, const char *second);
char *files_video (const char *folder, const char *name, int seconds);
/* 25 frames a second, of which each second has another colour: red, green, blue, white; and sound, which is
 * silence in the first and third second and a tone in the others. The name says which kind of file. */
char *files_colours (const char *folder, const char *name);
/* Another video made of one; options: words for ffmpeg. */
char *files_convert (const char *path, const char *name, const char *const *options);
char *files_tone (const char *folder, const char *name, int seconds);

G_END_DECLS
