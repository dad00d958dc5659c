"""Given names common in Denmark, and those that are also ordinary Danish words."""

_FEMALE = """
Agnes Agnete Aisha Alba Alberte Alexandra Alice Alma Amalie Amanda Amira Ane Anette Anita Anja Ann Anna Annalise Anne Annelise
Annemarie Annemette Annette Anni Annika Annie Anya Asta Astrid Aya Ayse Beate Benedicte Benedikte Bente Berit Berta Bertha Betina
Bettina Birgit Birgitte Birte Birthe Bodil Britt Britta Camilla Carina Carla Caroline Cathrine Cecilie Charlotte Christa Christel
Christiane Christina Christine Clara Connie Conny Dagmar Dagny Daniela Diana Ditte Doris Dorte Dorthe Dorthea Dorrit Ebba Edith Elif
Elin Elina Eline Elisa Elisabeth Ella Ellen Ellinor Elly Elma Elna Elsa Else Elsebeth Elvira Emilie Emily Emine Emma Erika Esma
Ester Esther Eva Evy Fadumo Fatima Fatma Filippa Fie Filuca Franciska Frederikke Freja Frida Fatuma Gerda Gertrud Gitte Grete Grethe
Gudrun Gunhild Gunvor Gurli Halima Hanna Hannah Hanne Hannelore Hatice Hedvig Heidi Helen Helena Helene Helga Helle Henny Henriette
Herdis Hilda Hilde Hjørdis Iben Ida Ilse Inga Inge Ingeborg Ingelise Inger Ingerlise Ingrid Irene Irma Isabella Ivana Jana Jane
Janne Jannie Jasmina Jeanette Jeanne Jelena Jenny Jessica Jette Jill Joan Johanna Johanne Josefine Josephine Judith Julia Julie
Jutta Jytte Kamilla Kamma Karen Karin Karina Karla Karoline Kate Katja Katrine Kathrine Katarzyna Kerstin Khadija Kirsten Kirstine
Kitt Kitty Klara Kristina Kristine Lærke Laila Lana Lara Latifa Laura Layla Lea Leila Lena Lene Leonora Leyla Lillian Lilly Linda
Line Linea Linnea Lis Lisa Lisbet Lisbeth Lise Liselotte Lissi Lissy Lone Lotte Louisa Louise Lucia Lykke Lydia Maibritt Maiken Mai
Maj-Britt Majken Maja Malene Malika Malou Margit Margrete Margrethe Maria Mariam Mariann Marianne Marie Marlene Marta Martha Martine
Maryam Mary Mathilde Matilde Medina Mehtap Merete Merethe Merle Meryem Mette Mia Michala Michelle Mie Milena Mille Minna Miriam Mona
Monica Monika Muna Nadia Nadja Naja Nanna Natalia Natasha Nete Nicoline Nina Nikoline Noor Nora Olga Olivia Oda Patricia Paula
Pauline Pernille Petra Pia Rachel Ragna Ragnhild Randi Ranja Rasmine Rebecca Rebekka Regitze Regina Rie Rigmor Rikke Rita Ronja Rosa
Ruth Safia Sabina Sabine Sabrina Sahra Salma Samira Sandra Sanne Sara Sarah Selma Sidse Sigrid Signe Sigga Simone Sissel Siv Smilla
Sofia Sofie Solveig Solvej Sonja Sophia Sophie Stina Stine Sumaya Susan Susanna Susanne Suzanne Svetlana Sylvia Søs Tabita Tanja
Tatjana Thea Therese Thora Thyra Tilde Tina Tine Tove Trine Tulle Ulla Ulrikke Una Ursula Valborg Valeria Vera Veronica Veronika
Vibeke Victoria Vigdis Viktoria Vinnie Vivi Vivian Wilma Winnie Yasmin Yasemin Yvonne Zahra Zainab Zara Zeynep Zofia Aase Åse
Øllegaard Liselott Yrsa Ylva Birthemarie Kirstin Mariane Camille Emilia Ellie Luna Agnieszka Ewa Joanna Małgorzata Oksana Olena
Iryna Tetiana Nataliia Khadra Hodan Nimo Asha Hawa Sahar Shirin Soraya Parvin Fereshteh Nasrin Maryan Ifrah Gülsüm Sevgi Songül Thi
"""

_MALE = """
Aage Åge Abdi Abdullah Abdul Abdallah Adam Adnan Ahmad Ahmed Ahmet Aksel Albert Aleksander Alex Alexander Alf Alfred Ali Allan Amir
Anders Andreas Andrzej Anker Anton Antonio Ari Arne Arnold Arthur Arvid Asger Asbjørn Asmus Axel Bashir Bendt Benjamin Benny Bent
Bernhard Bernt Bertel Bertil Bertram Birger Bilal Bjarke Bjarne Bjarni Bo Brian Bruno Børge Carl Carlo Carlos Carsten Casper Charles
Christen Christer Christian Christoffer Christopher Claes Claus Claes Conrad Daniel David Dennis Detlef Dines Dirch Dragan Edvard
Edvin Egon Eigil Einar Eiler Ejnar Ejner Ejvind Elias Elmer Emil Emre Erik Erling Ernst Esben Eskil Eskild Evald Ejgil Farid Felix
Fadi Filip Finn Flemming Folmer Frank Frans Frantz Fred Freddy Frederik Fredrik Frede Frits Frode Gabriel Georg Gert Gorm Gotfred
Gregers Gudmund Gunnar Gustav Gunner Hakan Halfdan Hamid Hamza Hans-Henrik Harald Harry Hasan Hassan Hector Heine Helge Helmer
Helmut Henning Henrik Henry Herbert Herluf Herman Hjalmar Holger Hugo Husein Hussein Ib Ibrahim Igor Ingolf Ismail Ivan Ivar Iver
Jacob Jack Jakob Jamal James Janus Jannick Jannik Janik Jarl Jasper Jeppe Jens Jeremy Jes Jesper Jim Jimmi Jimmy Joachim Joakim Joel
Johan Johannes John Johnny Jonas Jonathan Jonny Jon Josef Joseph Josva Julius Jørgen Jørn Kamal Karim Karlo Karsten Kasper Kemal Ken
Kenneth Kenny Kent Kevin Khalid Kim Kjeld Kjell Klaus Knud Knut Konrad Krzysztof Kresten Kristen Kristian Kristoffer Kurt Lars Lasse
Laurids Laurits Laust Leif Lennart Leon Leonard Liam Louis Lucas Ludvig Lukas Lauge Mads Magnus Mahdi Mahmoud Mahmut Malthe Manfred
Marcel Marcus Mario Marius Markus Martin Marvin Mathias Mathæus Matias Mats Mattias Mehmet Michael Michal Michel Mik Mikael Mikkel
Milan Mogens Mohamad Mohamed Mohammad Mohammed Mohamud Morten Muhammad Muhammed Murat Mustafa Nicholas Nickolaj Nicklas Nicolai
Nicolaj Niels Nikolaj Niklas Noah Oda Ole Oliver Olaf Olav Oluf Omar Orla Oscar Oskar Osman Otto Ove Patrick Pascal Paul Peder Peer
Peter Petrus Philip Pierre Piotr Poul Preben Rafael Rahim Ramadan Ramazan Rasmus Rashid Regnar Reidar Reinhold Rene René Richard
Robert Robin Roger Roland Rolf Roman Ronni Ronnie Ronny Rudi Rudolf Rudy Ruben Salah Salim Samir Samuel Sebastian Selim Serkan
Sigfred Sigurd Silas Simon Sixten Sofus Sonny Stanislaw Stefan Steffen Stephan Steven Sune Sven Svenn Sverre Søren Sören Tariq Teddy
Teis Theis Theo Theodor Thomas Thorbjørn Thorkild Thorkil Thorleif Thorvald Tim Tobias Todd Tom Tomas Tommy Tonny Torben Torbjørn
Torkild Torsten Troels Tyge Uffe Ulf Ulrich Ulrik Vagn Valdemar Verner Victor Vigand Viggo Viktor Villads Villiam Villy Vilhelm
Vilfred Volmer Waldemar Walter Werner William Willy Yahya Younes Yousef Youssef Yusuf Yunus Zacharias Zaid Zakaria Zoran Øjvind
Øyvind Poul-Erik Niels-Erik Egon Abdirahman Abdulkadir Ayub Farhan Liban Mukhtar Warsame Wojciech Tomasz Paweł Marek Jerzy Ionut
Andrei Mihai Bogdan Oleksandr Serhii Volodymyr Dmytro Andrii Reza Mehdi Hossein Ehsan Javad Haris Emir Mirza Nedim Senad Sead Goran
Nenad Zlatan Ravi Sanjay Rajesh Arjun Minh Duc Tuan
"""

# A capital at the start of a sentence says nothing for these: they are everyday words too.
_ALSO_WORDS = """
Amin Ask August Birk Bjørn Bo Bror Dan Bent Eja Falk Fryd Gro Gry Hans Held Iris Jan Jasmin Jo Kai Kaj Karl Kit Kåre Lau Leo Liv
Lykke Magne Maj Mark Marina Max Mine Molly My Nor Nord Palle Per Pil Rose Rune Sander Silke Silas Sine Sol Sten Steen Stig Storm
Svend Svante Tage Thor Tor Tro Ulv Vibe Vilde Ville Viola Vita Viol Line Mia Oda Alf Alba Alma Thea Signe Said Sultan Can Hilde
Sigga Skjold Ravn Mai Lis Lilje Ib Kent Kit Nete Naja Thi Jarl Stella Summer Victoria Rosa Regina Gorm Ari Jes Ken Tim Jack
"""

GIVEN_NAMES_ALSO_WORDS: frozenset[str] = frozenset(name.casefold() for name in _ALSO_WORDS.split())
GIVEN_NAMES: frozenset[str] = frozenset(name.casefold() for name in (_FEMALE + _MALE).split()) - GIVEN_NAMES_ALSO_WORDS
