"""Names of a fictional city's colonias, and strings as reports would write them; made anew from a seed.

write(folder, seed, strings) makes `names.txt`, 3,136 distinct names, one a line, and `messy_<strings>.tsv`, a string and
the line of the name it was made from (-1: it names no colonia of the city) on each line.
"""
import os
import random

AREAS = 3_136

FIRST = ("Lomas Jardines Valle Villas Bosques Praderas Hacienda Residencial Privadas Paseo Colinas Rincón Portal Balcones "
         "Parque Puerta Arboledas Mirador Cumbres Prados Fuentes Campestre Real Quintas Vistas Cerradas").split()
MIDDLE = ("de|del|de la|de los|de las|").split("|")
LAST = ("Ángeles Encinos Álamos Fresnos Nogales Sauces Olivos Cedros Pinos Robles Laureles Naranjos Girasoles Azahares "
        "Jazmines Tulipanes Rosas Lirios Magnolias Sol Luna Estrella Norte Sierra Peñón Río Arroyo Laguna Manantial Cañada "
        "Huerta Viñedo Molino Trapiche Mezquite Huizache Palma Cactus Halcón Águila Venado Jaguar Quetzal Colibrí Gaviota "
        "Pelícano Coral Perla Ámbar Jade Obsidiana Turquesa Ópalo Zafiro Esmeralda Rubí Diamante Platino Cobre Hierro "
        "Castellano Andaluz Asturias Aragón Navarra Galicia Extremadura Sevilla Granada Córdoba Toledo Segovia Ávila").split()
PEOPLE = ("Benito Juárez|Emiliano Zapata|Francisco Villa|Miguel Hidalgo|Lázaro Cárdenas|Venustiano Carranza|Álvaro Obregón|"
          "Vicente Guerrero|Mariano Escobedo|Ignacio Zaragoza|Josefa Ortiz|Leona Vicario|Felipe Ángeles|Adolfo López Mateos|"
          "Plutarco Elías|Manuel Ávila|Guadalupe Victoria|Nicolás Bravo|Melchor Ocampo|Santos Degollado").split("|")
DATES = "5 de Mayo|16 de Septiembre|20 de Noviembre|1 de Mayo|18 de Marzo|12 de Octubre|24 de Febrero|10 de Abril".split("|")
PARTS = ["", "", "", " Norte", " Sur", " Oriente", " Poniente", " I", " II", " III", " IV", " 1er Sector", " 2do Sector",
         " 3er Sector", " Primera Etapa", " Segunda Etapa", " 1a Sección", " 2a Sección", " Ampliación"]
PREFIXES = ["", "", "", "Col. ", "COLONIA ", "Fracc. ", "FRACCIONAMIENTO ", "col ", "Res. ", "U.H. "]
SUFFIXES = ["", "", "", "", ", Ciudad del Faro", " C.P. 66000", " (COL)", ",", "."]
ACCENTS = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def names(dice):
    found = {}
    while len(found) < AREAS:
        stem = dice.choice([
            lambda: " ".join(f"{dice.choice(FIRST)} {dice.choice(MIDDLE)} {dice.choice(LAST)}".split()),
            lambda: dice.choice(PEOPLE), lambda: dice.choice(DATES),
            lambda: f"{dice.choice(FIRST)} {dice.choice(PEOPLE)}",
            lambda: f"{dice.choice(LAST)} {dice.choice(LAST)}"])()
        found[stem + dice.choice(PARTS)] = None
    return list(found)


def typo(dice, text):
    words = text.split(" ")
    long = [index for index, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if not long:
        return text
    index = dice.choice(long)
    word, at = words[index], dice.randrange(1, len(words[index]) - 1)
    letter = dice.choice(LETTERS) if word.isupper() else dice.choice(LETTERS).lower()
    words[index] = dice.choice([
        word[:at] + word[at + 1:], word[:at] + letter + word[at + 1:], word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2:]])
    return " ".join(words)


def messy(dice, name):
    text = dice.choice([str, str.upper, str.lower])(name)
    if dice.random() < 0.5:
        text = text.translate(ACCENTS)
    if dice.random() < 0.4:
        text = typo(dice, text)
    if dice.random() < 0.2:
        text = text.replace(" ", "  ")
    return dice.choice(PREFIXES) + text + dice.choice(SUFFIXES)


def write(folder, seed, strings):
    dice = random.Random(seed)
    known = names(dice)
    with open(os.path.join(folder, "names.txt"), "w", encoding="utf-8") as file:
        file.writelines(name + "\n" for name in known)
    with open(os.path.join(folder, f"messy_{strings}.tsv"), "w", encoding="utf-8") as file:
        for _ in range(strings):
            if dice.random() < 0.05:
                text, truth = f"Rancho {dice.choice(LAST)} {dice.choice(FIRST)} {dice.choice(LAST)}", -1
            else:
                truth = dice.randrange(AREAS)
                text = messy(dice, known[truth])
            file.write(f"{text}\t{truth}\n")
