/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart-marks.h"

#include <math.h>
#include <string.h>

#define CELL 16

static void
shape_path (cairo_t *cr, BatonShape shape, double x, double y, double radius)
{
  switch (shape)
    {
    case BATON_SHAPE_DIAMOND:
      cairo_move_to (cr, x, y - radius * 1.25);
      cairo_line_to (cr, x + radius * 1.25, y);
      cairo_line_to (cr, x, y + radius * 1.25);
      cairo_line_to (cr, x - radius * 1.25, y);
      cairo_close_path (cr);
      break;
    case BATON_SHAPE_SQUARE:
      cairo_rectangle (cr, x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
      break;
    case BATON_SHAPE_RING:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      cairo_new_sub_path (cr);
      cairo_arc_negative (cr, x, y, radius * 0.5, 2 * G_PI, 0);
      break;
    case BATON_SHAPE_DOT:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    }
}

/* On paper every mark is a path. */
static void
draw_paths (BatonCanvas *canvas, const float *x, const float *y, guint n, BatonShape shape, double radius,
    const GdkRGBA *color, double left, double top, double width, double height)
{
  cairo_t *cr = baton_canvas_begin (
      canvas, left - radius * 2, top - radius * 2, width + radius * 4, height + radius * 4);

  gdk_cairo_set_source_rgba (cr, color);
  for (guint i = 0; i < n; i++)
    {
      shape_path (cr, shape, x[i], y[i], radius);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

/* The mark as a small picture of how much each pixel is covered, without the empty border. */
typedef struct
{
  guint8 *pixels;
  int size;
  int *begins; /* of each row: the first pixel that is covered, and the one behind the last */
  int *ends;
} Stamp;

static void
stamp_clear (Stamp *stamp)
{
  g_free (stamp->pixels);
  g_free (stamp->begins);
  g_free (stamp->ends);
}

static void
make_stamp (Stamp *stamp, BatonShape shape, double radius, guint alpha)
{
  int side = 2 * (int) ceil (radius * 1.25) + 1;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, side, side);
  cairo_t *cr = cairo_create (surface);

  shape_path (cr, shape, side / 2.0, side / 2.0, radius);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  *stamp = (Stamp){ g_malloc ((gsize) side * side), side, g_new0 (int, side), g_new0 (int, side) };
  for (int row = 0; row < side; row++)
    {
      const guint8 *from =
          cairo_image_surface_get_data (surface) + row * cairo_image_surface_get_stride (surface);

      stamp->begins[row] = side;
      for (int i = 0; i < side; i++)
        {
          stamp->pixels[row * side + i] = (guint8) (from[i] * alpha >> 8);
          if (stamp->pixels[row * side + i] == 0)
            continue;
          stamp->begins[row] = MIN (stamp->begins[row], i);
          stamp->ends[row] = i + 1;
        }
    }
  cairo_surface_destroy (surface);
}

/* Lays the stamp over the layer of coverage; a pixel that is covered twice is darker. */
static void
press (guint8 *layer, int width, int height, const Stamp *stamp, int left, int top)
{
  for (int row = MAX (0, -top); row < stamp->size && top + row < height; row++)
    {
      guint8 *to = layer + (gsize) (top + row) * width + left;
      const guint8 *from = stamp->pixels + row * stamp->size;
      int end = MIN (stamp->ends[row], width - left);

      for (int i = MAX (stamp->begins[row], -left); i < end; i++)
        {
          guint add = (255u - to[i]) * from[i] + 128;

          to[i] = (guint8) (to[i] + ((add + (add >> 8)) >> 8));
        }
    }
}

static GdkTexture *
colored (const guint8 *layer, int width, int height, const GdkRGBA *color)
{
  gsize n = (gsize) width * height;
  guint32 *pixels = g_new (guint32, MAX (n, 1));
  guint32 table[256];
  g_autoptr (GBytes) bytes = NULL;

  for (guint a = 0; a < 256; a++)
    table[a] = a << 24 | (guint32) (color->red * (float) a + 0.5f) << 16 |
               (guint32) (color->green * (float) a + 0.5f) << 8 | (guint32) (color->blue * (float) a + 0.5f);
  for (gsize i = 0; i < n; i++)
    pixels[i] = table[layer[i]];
  bytes = g_bytes_new_take (pixels, n * 4);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) width * 4);
}

static void
draw_texture (BatonCanvas *canvas, const float *x, const float *y, guint n, BatonShape shape, double radius,
    const GdkRGBA *color, double left, double top, double width, double height)
{
  double scale = canvas->scale;
  int pad = (int) ceil (radius * 2);
  int w = (int) ceil ((width + 2 * pad) * scale), h = (int) ceil ((height + 2 * pad) * scale);
  g_autofree guint8 *layer = g_malloc0 ((gsize) w * h);
  Stamp stamp;
  g_autoptr (GdkTexture) texture = NULL;

  make_stamp (&stamp, shape, radius * scale, (guint) (color->alpha * 256));
  for (guint i = 0; i < n; i++)
    {
      if (x[i] < left - pad || x[i] > left + width + pad || y[i] < top - pad || y[i] > top + height + pad)
        continue;
      press (layer, w, h, &stamp, (int) ((x[i] - left + pad) * scale - stamp.size / 2.0 + 0.5),
          (int) ((y[i] - top + pad) * scale - stamp.size / 2.0 + 0.5));
    }
  stamp_clear (&stamp);
  texture = colored (layer, w, h, color);
  gtk_snapshot_append_texture (canvas->snapshot, texture,
      &GRAPHENE_RECT_INIT (
          (float) (left - pad), (float) (top - pad), (float) (w / scale), (float) (h / scale)));
}

void
baton_marks_draw (BatonCanvas *canvas, const float *x, const float *y, guint n, BatonShape shape,
    double radius, const GdkRGBA *color, double left, double top, double width, double height)
{
  if (n == 0 || width <= 0 || height <= 0)
    return;
  if (canvas->vector)
    draw_paths (canvas, x, y, n, shape, radius, color, left, top, width, height);
  else
    draw_texture (canvas, x, y, n, shape, radius, color, left, top, width, height);
}

/* Points in the order of their cells: cell c holds order[begins[c]] … order[begins[c + 1] - 1]. */
struct _BatonMarkGrid
{
  const float *x;
  const float *y;
  int columns;
  int rows;
  guint *begins;
  guint *order;
};

static int
cell_of (float at, int n)
{
  return CLAMP ((int) (at / CELL), 0, n - 1);
}

BatonMarkGrid *
baton_mark_grid_new (const float *x, const float *y, guint n, double width, double height)
{
  BatonMarkGrid *grid = g_new0 (BatonMarkGrid, 1);
  guint n_cells;
  g_autofree guint *cells = g_new (guint, MAX (n, 1));

  grid->x = x;
  grid->y = y;
  grid->columns = MAX (1, (int) ceil (width / CELL));
  grid->rows = MAX (1, (int) ceil (height / CELL));
  n_cells = (guint) (grid->columns * grid->rows);
  grid->begins = g_new0 (guint, n_cells + 2);
  grid->order = g_new (guint, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      cells[i] = (guint) (cell_of (y[i], grid->rows) * grid->columns + cell_of (x[i], grid->columns));
      grid->begins[cells[i] + 2]++;
    }
  for (guint c = 2; c < n_cells + 2; c++)
    grid->begins[c] += grid->begins[c - 1];
  for (guint i = 0; i < n; i++)
    grid->order[grid->begins[cells[i] + 1]++] = i;
  return grid;
}

void
baton_mark_grid_free (BatonMarkGrid *grid)
{
  g_free (grid->begins);
  g_free (grid->order);
  g_free (grid);
}

guint
baton_mark_grid_find (const BatonMarkGrid *grid, double x, double y, double reach)
{
  int left = cell_of ((float) (x - reach), grid->columns),
      right = cell_of ((float) (x + reach), grid->columns);
  int top = cell_of ((float) (y - reach), grid->rows), bottom = cell_of ((float) (y + reach), grid->rows);
  double best = reach * reach;
  guint found = G_MAXUINT;

  for (int row = top; row <= bottom; row++)
    {
      guint begin = grid->begins[row * grid->columns + left];
      guint end = grid->begins[row * grid->columns + right + 1];

      for (guint i = begin; i < end; i++)
        {
          double dx = grid->x[grid->order[i]] - x, dy = grid->y[grid->order[i]] - y;

          if (dx * dx + dy * dy <= best)
            {
              best = dx * dx + dy * dy;
              found = grid->order[i];
            }
        }
    }
  return found;
}
