"""Common given names by gender, from general knowledge; names borne by both are left out."""

from __future__ import annotations

from annotator.language.words import word_set

MALE = word_set(
    """
    aaron abdul abdullah abraham adam ahmed alan albert alejandro alexander alfred ali andreas andrew
    andrii andy anthony antonio arthur barack barry ben benjamin bernard bernie bill bob boris brad
    brandon brent brett brian bruce bryan carl carlos charles chris christopher clarence craig dan
    daniel dave david dean dennis derek diego dmitry dmytro don donald doug douglas ed eddie edward
    elijah emmanuel eric erik ernest ethan eugene evan fabian feliciano felix fernando francisco frank
    franklin fred frederick gabriel gary gavin geoffrey george gerald gerard giovanni giuseppe gordon
    graham greg gregory guido gustavo guy hans harold harry harvey hassan hector henri henry herbert
    howard hugh hugo hussein ian ibrahim igor isaac ivan jack jacob jacques jake james jan jason jeff
    jeffrey jeremy jerome jerry jim jimmy jens joe joel johan john johnny jon jonathan jorge jose josé
    joseph josh joshua juan jules julian justin karl keith ken kenneth kenny kevin khalid klaus kyle
    kyrylo larry lars leo leon leonard liam louis luca lucas luis luke magnus malcolm manuel marco
    marcus mario mark martin matt matteo matthew mehmet michael mick miguel mike mitch mitt mohamed
    mohammed moritz muhammad narendra nathan neil nicholas nick nicolas nigel noah norman oleg oliver
    oscar otto owen pablo patrick paul pedro peter phil philip philippe pierre rafael rahul ralph ramon
    randy raul ray raymond recep reilly ricardo richard rick rob robert roberto rodrigo roger roland
    roman ron ronald ronny ross roy rudy rupert russell rustem ryan saeb salman samuel scott sean sergei
    sergey seth shaun shinzo simon stan stanley stefan stephen steve steven stuart ted terry theodore
    thomas tim timothy tobias todd tom tommy tony travis trevor vadim vincent victor viktor vladimir
    volodymyr walter warren wayne will william wolfgang xavier yuri zach zachary
    """
)
FEMALE = word_set(
    """
    abigail adele agnes aisha alexandra alexandria alice alicia alison allison amanda amber amelia amy
    ana andrea angela angelina anita ann anna anne annette annie april ashley audrey barbara beatrice
    becky bernadette beth betty beverly brenda bridget brooke camilla camille carla carly carmen carol
    carole caroline carolyn catherine cathy cecilia charlotte chelsea cheryl christina christine cindy
    claire clara claudia colleen condoleezza connie courtney cynthia daisy danielle deborah debbie
    denise diana diane donna dora doris dorothy edith eileen elaine eleanor elena elise elizabeth ella
    ellen emily emma erica erin esther eva eve evelyn fatima fiona florence frances gabriela gabrielle
    gail geraldine gillian gina ginger gloria grace greta gwynne hannah harriet hazel heather heidi
    helen helena hilary hillary holly ida inga ingrid irene irina isabel isabella ivanka jacinda jackie
    jacqueline jane janet janice jasmine jean jeanine jenna jennifer jenny jessica jill joan joanna
    joanne josephine joyce judith judy julia juliana julie kamala karen karin karina kate katherine
    kathleen kathryn kathy katie kayleigh kelly kimberly kirsten kristen kristin kristina laura lauren
    leila lena leslie linda lindsay lisa liz lois loretta lori louise lucia lucy lydia lynn madeleine
    maggie malala margaret maria mariam marie marilyn marina marine marjorie martha mary maureen megan
    melania melanie melissa mercedes michelle milena miriam molly monica nadia nancy naomi natalia
    natalie natasha nicola nicole nina nora olga olivia pamela patricia paula pauline peggy penelope
    penny phyllis priscilla rachel rebecca regina renee rita roberta rosa rose roxanne ruth sabrina
    sally samantha sandra sara sarah sharon sheila shirley silvia sofia sonia sonya sophia sophie stacey
    stella stephanie sue susan susanna suzanne svetlana sylvia tamara tania tanya tara tatiana teresa
    theresa tiffany tina tracy ursula valerie vanessa vera veronica victoria violet virginia viviane
    wanda wendy whitney yasmin yolanda yulia yvette yvonne zoe
    """
)
